# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads the list of bit-fields (of layout-questions.awk), what nm wrote of their objects, and the bytes of their section,
# two digits each. Writes "bit <type>.<member> <number>", counted from the struct's first bit.

FILENAME == ARGV[1] { member[$1] = $2; next }
FILENAME == ARGV[2] { if (sub(/^kcxx_bits_/, "", $3)) { start[$3] = hex($1); if (hex($1) > top) top = hex($1) } next }
{ for (i = 1; i <= NF; i++) byte[bytes++] = $i }

END {
	for (n in start) {
		for (i = start[n]; i < bytes && byte[i] == "00"; i++) ;
		value = hex(byte[i])
		for (bit = 0; value % 2 == 0; bit++) value /= 2
		print "bit " member[n] " " (i - start[n]) * 8 + bit
	}
}

function hex(s,    i, n) {
	n = 0
	for (i = 1; i <= length(s); i++) n = n * 16 + index("0123456789abcdef", substr(s, i, 1)) - 1
	return n
}
