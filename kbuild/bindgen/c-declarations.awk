# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads the tags (of select.awk), then chosen declarations. Writes them as the C that they are, each at its place.

FILENAME == ARGV[1] { if ($1 != "enum") print $0 ";"; next }
FNR == 1 { FS = "\t"; $0 = $0 }
{
	match($3, /:[0-9]+$/)
	print "# " substr($3, RSTART + 1) " \"" substr($3, 1, RSTART - 1) "\""
	if ($4 != packing + 0) { print $4 ? "#pragma pack(" $4 ")" : "#pragma pack()"; packing = $4 }
	print $5
}
END { if (packing) print "#pragma pack()" }
