# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads makefiles with lines `kcxx-drop += <pattern>… # <reason>`, then two
# lines: the kernel's C flags and the C++ flags. Prints the C flags that C++ is
# compiled without, each with its reason.

FILENAME != "-" {
	if (match($0, /^kcxx-drop \+= [^#]*/)) {
		reason = substr($0, RLENGTH + 1)
		sub(/^# */, "", reason)
		count = split(substr($0, 14, RLENGTH - 13), patterns, /[ \t]+/)
		for (i = 1; i <= count; i++)
			if (patterns[i] ~ /^-/)
				reasons[patterns[i]] = reason ? reason : last
		if (reason)
			last = reason
	}
	next
}

!kernel { kernel = $0; next }

{
	for (i = 1; i <= NF; i++)
		kept[$i] = 1
	count = split(kernel, flags, /[ \t]+/)
	for (i = 1; i <= count; i++)
		if (flags[i] ~ /^-/ && flags[i] !~ /^-(I|include)/ && !(flags[i] in kept) && !(flags[i] in printed)) {
			printed[flags[i]] = 1
			dropped++
			text = text (text ? ", " : "") flags[i] " (" why(flags[i]) ")"
		}
	print dropped + 0 " of them" (text ? ": " text : "") "; and the paths of C headers"
}

function why(flag, pattern) {
	if (flag in reasons)
		return reasons[flag]
	for (pattern in reasons)
		if (pattern ~ /%$/ && index(flag, substr(pattern, 1, length(pattern) - 1)) == 1)
			return reasons[pattern]
	return "no reason given"
}
