# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads objdump -h -t -r of an object, and names the functions whose entries for
# ftrace are not at a multiple of `alignment` bytes, or will not be once linked.

# Sections:   0 .text  00000268  0000000000000000  0000000000000000  00000040  2**3
$1 ~ /^[0-9]+$/ && $7 ~ /^2\*\*/ {
	power[$2] = 2 ^ substr($7, 4)
	next
}

# Symbols: 0000000000000008 g     F .text	0000000000000040 name
$2 ~ /^[lgw!]/ && $3 == "F" {
	at[$4, substr($1, length($1) - 7)] = $NF
	next
}

/^RELOCATION RECORDS FOR \[/ {
	entries = $4 ~ /^\[__patchable_function_entries\]/
	next
}

entries && / R_/ {
	count = split($3, where, /\+0x/)
	offset = count > 1 ? where[2] : "0"
	while (length(offset) < 8)
		offset = "0" offset
	offset = substr(offset, length(offset) - 7)
	if (!(where[1] in power))
		next
	if (power[where[1]] < alignment || index(last, substr(offset, 8)) == 0)
		print called(where[1], offset)
}

BEGIN {
	# The last hexadecimal digits of multiples
	last = alignment == 4 ? "048c" : alignment == 8 ? "08" : "0"
	digits = "0123456789abcdef"
}

# Returns the function with this entry: it begins two instructions behind the entry, or at the entry
function called(section, offset, name, digit) {
	digit = index(digits, substr(offset, 8)) - 1
	name = at[section, substr(offset, 1, 7) substr(digits, (digit + 8) % 16 + 1, 1)]
	if (digit < 8 && name)
		return name
	return (section, offset) in at ? at[section, offset] : section "+0x" offset
}
