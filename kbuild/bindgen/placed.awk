# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads chosen declarations, then what cxx-declarations.awk wrote of them. In place of its numbers come
# the places in the kernel's headers, which errors and debug information then name.

FILENAME == ARGV[1] {
	split($0, field, "\t")
	match(field[3], /:[0-9]+$/)
	place[FNR] = "# " substr(field[3], RSTART + 1) " \"" substr(field[3], 1, RSTART - 1) "\" 3"
	next
}
$1 == "#" && $3 == "\"kcxx-declaration\"" { print place[$2]; next }
{ print }
