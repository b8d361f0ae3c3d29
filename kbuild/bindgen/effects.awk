# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Whether a function of the kernel may sleep, for Clang's function effects. Set -v sleeping=<sleeping-functions.txt>;
# without it, no function has an effect. Set -v folders=<directories with headers of the kernel's, each behind a colon>:
# a function of the module's own C has no effect, unless its author declares one.

BEGIN {
	folder_count = split(folders, folder, ":")
	while (sleeping != "" && (getline line_ < sleeping) > 0) if (line_ ~ /^\^/) sleeps[++sleepers] = line_
}

function is_of_kernel(place,    k) {
	for (k = 1; k <= folder_count; k++) if (folder[k] != "" && index(place, folder[k] "/") == 1) return 1
	return 0
}

# The word before a declaration: of a function with one name, and of nothing else
function effect(kind, name, s, place,    k) {
	if (!sleepers || !is_of_kernel(place) || name !~ /^[A-Za-z_][A-Za-z_0-9]*$/) return ""
	if (kind != "F" && (s ~ /^[ \t]*typedef[ \t]/ || !match(s, "(^|[^A-Za-z_0-9])" name "[ \t]*\\("))) return ""
	if (kind == "F" && s ~ /might_(sleep|resched|fault)|cond_resched/) return "KCXX_BLOCKING "
	for (k = 1; k <= sleepers; k++) if (name ~ sleeps[k]) return "KCXX_BLOCKING "
	return "KCXX_NONBLOCKING "
}
