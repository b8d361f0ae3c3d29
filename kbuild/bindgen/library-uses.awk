# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads the library's headers. Writes the names of C that they use, as used-names.awk does for a source:
#
#	I <name>   a name behind a leading "::" or "bindings::", the helpers' own (kcxx_, KCXX_), the tag in "struct foo"
#	V <name>   a name of which the library needs a value: no * or & follows it
#
# The library writes "::" before each type of C's, and "bindings::" before each function, so no other word is taken for
# one. A struct is whole in the bindings if the library, or a helper that it calls, names a value of it.
#
# With -v folder=<the library's>, "H <header>" comes before the names of each header: its path in that folder.

folder != "" && FNR == 1 { print "H " substr(FILENAME, length(folder) + 2) }
/^[ \t]*\/\/|^[ \t]*#[ \t]*(if|ifdef|ifndef|elif|include)/ { next }
{
	sub(/[ \t]\/\/.*/, "")
	if (index($0, "\"")) gsub(/"([^"\\]|\\.)*"/, " ")
	gsub(/::kernel::bindings::/, " bindings::")
	gsub(/::(kernel|std)(::[~A-Za-z_0-9]+)+/, " ")
	rest = $0
	while (match(rest, /(^|[^A-Za-z_0-9>:])::[A-Za-z_][A-Za-z_0-9]*|(^|[^A-Za-z_0-9])(bindings::|kcxx_|KCXX_|struct )[A-Za-z_0-9]+/)) {
		name = substr(rest, RSTART, RLENGTH)
		rest = "_" substr(rest, RSTART + RLENGTH) # no name begins there
		sub(/^[^A-Za-z_]*(bindings::|struct )?/, "", name)
		print "I " name
		if (rest !~ /^_[ \t]*([*&]|const[ \t]*[*&]|::)/) print "V " name
	}
}
