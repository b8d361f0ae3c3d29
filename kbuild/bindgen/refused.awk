# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads chosen declarations, then the C++ compiler's errors about them. Adds to
#
#   -v cast=<file>      numbers of functions that may be right with casts from void *
#   -v wrapped=<file>   numbers of functions that are to be called by way of C
#   -v dropped=<file>   numbers of declarations that C++ cannot take: <number> TAB <error>
#   -v inline_void=y    leaves out functions that only compute with pointers to void: void-arithmetic.awk mends them
#
# Standard output: errors that are about none of them.

BEGIN {
	while ((getline n < cast) > 0) is_cast[n] = 1
	close(cast)
	while ((getline n < wrapped) > 0) is_wrapped[n] = 1
	close(wrapped)
}

FILENAME == ARGV[1] { split($0, field, "\t"); kind[FNR] = field[1]; next }

!/ ((fatal )?error|sorry, unimplemented): / { next }

/^kcxx-declaration:[0-9]+:/ {
	split($0, place, ":")
	n = place[2]
	if (n in seen || (inline_void && kind[n] == "F" && / arithmetic on (a pointer|pointers) to void/)) next
	seen[n] = 1
	if (kind[n] == "F" && !(n in is_wrapped)) {
		if (!(n in is_cast)) print n >> cast
		else print n >> wrapped
	} else { sub(/^[^ ]* /, ""); print n "\t" $0 >> dropped }
	next
}

{ print }
