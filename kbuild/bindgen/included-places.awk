# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads where a source includes headers of C++ (of used-names.awk), bindings.hpp, which includes them first, and what the
# C++ compiler wrote of it. Writes that with the source's places. -v bindings=<the path of bindings.hpp>

FILENAME == ARGV[1] { place[$1] = substr($0, length($1) + 2); next }
FILENAME == ARGV[2] { if (/^#include </) header[FNR] = substr($0, 11, length($0) - 11); next }

{
	at = index($0, bindings ":")
	if (at) {
		rest = substr($0, at + length(bindings) + 1)
		match(rest, /^[0-9]+/)
		name = header[substr(rest, 1, RLENGTH)]
		if (name in place) $0 = substr($0, 1, at - 1) place[name] substr(rest, RLENGTH + 1)
	}
	print
}
