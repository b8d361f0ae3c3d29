# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: awk -f registers.awk <the library's bindings> <bindings of a source>
#
# Writes the bindings of a source. A variable in a register that the library's bindings declare too, as x86's
# current_stack_pointer, becomes a name for that one.

function name_of(s) {
	sub(/[ \t]*asm[ \t]*\(.*/, "", s)
	sub(/.*[ \t*]/, "", s)
	return s
}

FILENAME == ARGV[1] {
	if (/^[ \t]*register .*asm[ \t]*\(/) of_library[name_of($0)]
	next
}

/^[ \t]*register .*asm[ \t]*\(/ && (name_of($0) in of_library) {
	print "using kcxx_bindings::" name_of($0) ";"
	next
}

{ print }
