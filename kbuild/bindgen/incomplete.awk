# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads chosen declarations, then errors of the C or the C++ compiler. Writes "struct:foo" for each struct that an inline function goes
# through and select.awk did not choose whole, but for those in -v complete=<file>, which were asked for before.

BEGIN { while ((getline name < complete) > 0) known[name] = 1 }

FILENAME == ARGV[1] {
	split($0, field, "\t")
	text[field[3]] = field[5]
	text["kcxx-declaration:" FNR] = field[5]
	next
}

# GCC does not name the struct: it is one of those that the function mentions.
/ error: arithmetic on pointer to an incomplete type/ {
	match($0, /:[0-9]+:/)
	s = text[substr($0, 1, RSTART + RLENGTH - 2)]
	while (match(s, /(struct|union)[ \t]+[A-Za-z_0-9]+/)) {
		name = substr(s, RSTART, RLENGTH)
		sub(/[ \t]+/, ":", name)
		want(name)
		s = substr(s, RSTART + RLENGTH)
	}
}

/ error: / && match($0, /(incomplete|undefined) (type|definition of type|definition) '(const |volatile )*(struct |union |class )?[A-Za-z_0-9]+/) {
	name = substr($0, RSTART, RLENGTH)
	sub(/^.*[' ]/, "", name)
	sub(/_$/, "", name)
	want("struct:" name)
	want("union:" name)
}

function want(name) {
	if (name in known) return
	known[name] = 1
	print name
}
