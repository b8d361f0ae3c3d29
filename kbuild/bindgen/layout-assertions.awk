# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads the layouts as the C compiler answered. Writes assertions that the C++ compiler lays out the same.

BEGIN { while (library != "" && (getline line_ < library) > 0) if (line_ ~ /^T /) of_library["struct:" substr(line_, 3)] = 1 }

$1 == "member" || $1 == "bit" || $1 == "renamed" { next }
{ key = $2; sub(/\..*/, "", key) }
key in of_library { next } # it writes what it needs of that struct
{
	type = $2
	sub(/:/, " ", type)
	if ($1 == "offset") {
		dot = index(type, ".")
		member = substr(type, dot + 1)
		type = substr(type, 1, dot - 1)
	}
	type = split(type, w, " ") == 2 ? w[1] " " tag_identifier(w[2]) : rename(type)
	if ($1 == "size") print "static_assert(sizeof(" type ") == " $3 ", \"kcxx: C has another size of " $2 "\");"
	else if ($1 == "align") print "static_assert(alignof(" type ") == " $3 ", \"kcxx: C has another alignment of " $2 "\");"
	else print "static_assert(__builtin_offsetof(" type ", " rename(member) ") == " $3 ", \"kcxx: C has another offset of " $2 "\");"
}
