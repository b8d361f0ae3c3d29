# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Whether a function of the kernel may sleep, for Clang's function effects. Set -v sleeping=<sleeping-functions.txt>;
# without it, no function has an effect.

BEGIN {
	while (sleeping != "" && (getline line_ < sleeping) > 0) if (line_ ~ /^\^/) sleeps[++sleepers] = line_
}

# The word before a declaration: of a function with one name, and of nothing else
function effect(kind, name, s,    k) {
	if (!sleepers || name !~ /^[A-Za-z_][A-Za-z_0-9]*$/) return ""
	if (kind != "F" && (s ~ /^[ \t]*typedef[ \t]/ || !match(s, "(^|[^A-Za-z_0-9])" name "[ \t]*\\("))) return ""
	if (kind == "F" && s ~ /might_(sleep|resched|fault)|cond_resched/) return "KCXX_BLOCKING "
	for (k = 1; k <= sleepers; k++) if (name ~ sleeps[k]) return "KCXX_BLOCKING "
	return "KCXX_NONBLOCKING "
}
