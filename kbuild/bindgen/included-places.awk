# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: awk -v bindings=<bindings.hpp> -v source=<source> -f included-places.awk <bindings.hpp> <source> <errors>
#
# Prints what the compiler wrote of headers of C++ that the bindings include for the source: with the line of the source
# in place of the bindings' one.

# The header that a directive includes, or nothing
function included(text) {
	if (!match(text, /^[ \t]*(#|%:)[ \t]*include[ \t]*<[^>]*>/))
		return ""
	text = substr(text, RSTART, RLENGTH - 1)
	sub(/.*</, "", text)
	return text
}

FILENAME == ARGV[1] {
	header[FNR] = included($0)
	next
}

FILENAME == ARGV[2] {
	if (!(included($0) in place))
		place[included($0)] = source ":" FNR
	next
}

{
	at = index($0, bindings ":")
	if (at) {
		rest = substr($0, at + length(bindings) + 1)
		name = header[rest + 0]
		if (name != "" && name in place) {
			sub(/^[0-9]+/, "", rest)
			$0 = substr($0, 1, at - 1) place[name] rest
		}
	}
	print
}
