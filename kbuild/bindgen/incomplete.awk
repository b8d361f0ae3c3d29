# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads errors of the C or the C++ compiler. Writes "struct:foo" for each struct that an inline function goes
# through and select.awk did not choose whole, but for those in -v complete=<file>, which were asked for before.

BEGIN { while ((getline name < complete) > 0) known[name] = 1 }

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
