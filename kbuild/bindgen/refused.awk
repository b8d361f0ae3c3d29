# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads chosen declarations, then the C++ compiler's errors about them. Adds to
#
#   -v wrapped=<file>   numbers of functions that are to be called by way of C
#   -v dropped=<file>   numbers of declarations that C++ cannot take: <number> TAB <error>
#   -v complete=<file>  "struct:foo" of structs that somebody went through
#
# Standard output: errors that are about none of them.

FILENAME == ARGV[1] { split($0, field, "\t"); kind[FNR] = field[1]; next }

!/ (fatal )?error: / { next }

{
	wants_whole = match($0, /incomplete (type|definition of type) '(struct |union |class )?[A-Za-z_0-9]+/)
	if (wants_whole) {
		name = substr($0, RSTART, RLENGTH)
		sub(/^.*['" ]/, "", name)
		sub(/_$/, "", name)
	}
}

/^kcxx-declaration:[0-9]+:/ {
	split($0, place, ":")
	n = place[2]
	if (n in seen) next
	seen[n] = 1
	if (wants_whole && !(name in already)) {
		already[name] = 1
		print "struct:" name "\nunion:" name >> complete
		next
	}
	if (kind[n] == "F") print n >> wrapped
	else { sub(/^[^ ]* /, ""); print n "\t" $0 >> dropped }
	next
}

{ print }
