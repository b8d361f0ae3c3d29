# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: awk -f registers.awk <the library's bindings> <bindings of a source>
#
# Writes the bindings of a source. A variable in a register that the library's bindings declare too, as x86's
# current_stack_pointer, becomes a name for that one; macros of a source that has no declaration get the name, too.

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
	written[name_of($0)]
	next
}

{
	for (name in of_library) if (index($0, name)) mentioned[name]
	print
}

END { for (name in mentioned) if (!(name in written)) print "using kcxx_bindings::" name ";" }
