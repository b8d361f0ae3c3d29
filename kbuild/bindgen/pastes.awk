# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Part of select.awk: names that macros make with "##" of the names of a source.

# Names that "##" makes: before##parameter##after, with every name that there is
function paste(before, after,    k) {
	if ((before, after) in paste_known) return
	paste_known[before, after] = 1
	paste_before[++pastes] = before
	paste_after[pastes] = after
	for (k = 1; k <= names; k++) pasted(before name_at[k] after)
}

# before##parameter##middle##parameter, of words of the source: PCI_DEVICE_ID_INTEL_82437
function paste_two(before, middle,    name, rest, at, left, right) {
	if ((before, middle) in paste_known) return
	paste_known[before, middle] = 1
	for (name in macro) {
		if (index(name, before) != 1) continue
		rest = substr(name, length(before) + 1)
		at = index(rest, middle)
		if (!at) continue
		left = substr(rest, 1, at - 1)
		right = substr(rest, at + length(middle))
		if ((left in source_name) && ((right in source_name) || (right in source_word))) name_of_source(name)
	}
}

function pasted(name) {
	if (name in macro || name in owners || (("struct:" name) in tagged)) name_of_source(name)
}

# The pastes of a macro's text
function note_pastes(s, parameters,    part, n, k, before, after) {
	gsub(/[ \t]*##[ \t]*/, "##", s)
	while (match(s, /[A-Za-z_0-9]+(##[A-Za-z_0-9]+)+/)) {
		n = split(substr(s, RSTART, RLENGTH), part, "##")
		s = substr(s, RSTART + RLENGTH)
		if (n == 4 && (part[2] in parameters) && (part[4] in parameters)) paste_two(part[1], part[3])
		for (k = 1; k <= n; k++) if (part[k] in parameters) {
			before = k > 1 && !(part[k - 1] in parameters) ? part[k - 1] : ""
			after = k < n && !(part[k + 1] in parameters) ? part[k + 1] : ""
			if (before != "" || after != "") paste(before, after)
		}
		# Of numbers mostly: __strscpy1, by the count of arguments
		if (n == 2 && (part[1] in parameters) && (part[2] in parameters)) for (k = 0; k <= 9; k++) paste("", k)
	}
}
