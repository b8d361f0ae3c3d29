# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads Clang's errors, then the bindings. Where C computes with a pointer to void, in steps of a byte, C++ gets one to
# char; GCC takes void in C++ as well. An error names the operator's column, and the pointers' lines and columns:
#
#	kcxx-declaration:808:424:{1709:414-1709:423}: error: arithmetic on a pointer to void

FILENAME == ARGV[1] {
	if (!/: error: arithmetic on (a pointer|pointers) to void/) next
	split($1, place, ":")
	ranges = $1
	while (match(ranges, /\{[0-9]+:[0-9]+-[0-9]+:[0-9]+\}/)) {
		split(substr(ranges, RSTART + 1, RLENGTH - 2), at, /[:-]/)
		ranges = substr(ranges, RSTART + RLENGTH)
		if (at[1] != at[3]) continue
		changes[at[1]] = 1
		opened[at[1], at[2]] = opened[at[1], at[2]] " " place[3]
		closed[at[1], at[4]] = closed[at[1], at[4]] "))"
	}
	next
}

# In front of a pointer, for each operator behind it: += and ++ write it.
function openings(columns,    count, column, i, text) {
	count = split(columns, column, " ")
	for (i = 1; i <= count; i++)
		text = text (substr($0, column[i], 2) ~ /^([-+]=|\+\+|--)$/ ? "(*(char **)&(" : "((char *)(")
	return text
}

FNR in changes {
	text = ""
	from = 1
	for (column = 1; column <= length($0) + 1; column++)
		if ((FNR, column) in opened || (FNR, column) in closed) {
			text = text substr($0, from, column - from) closed[FNR, column] openings(opened[FNR, column])
			from = column
		}
	print text substr($0, from)
	next
}
{ print }
