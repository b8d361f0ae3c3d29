# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads chosen macros (of select.awk). Writes their definitions in C++, where the library has none of that name.

BEGIN { FS = "\t" }

{
	s = substr($0, length($1) + length($2) + 3)
	# A literal before a name would be one with a suffix.
	s = spaced(s)
	print "#ifndef " $1 "\n#define " rename(s) "\n#endif"
}

function spaced(s,    done) {
	if (!index(s, "\"")) return s
	done = ""
	while (match(s, /"([^"\\]|\\.)*"/)) {
		done = done substr(s, 1, RSTART + RLENGTH - 1)
		s = substr(s, RSTART + RLENGTH)
		if (s ~ /^[A-Za-z_]/) done = done " "
	}
	return done s
}
