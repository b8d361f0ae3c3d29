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

# Several parameters, each of them a word of the source's: PCI_DEVICE_ID_INTEL_82437
function paste_words(part, n, parameters, key,    k, name) {
	for (k = 1; k <= n; k++) key = key SUBSEP ((part[k] in parameters) ? "" : part[k])
	if (key in paste_known) return
	paste_known[key] = 1
	for (name in macro) if (is_pasted(name, part, 1, n, parameters)) name_of_source(name)
	for (name in owners) if (is_pasted(name, part, 1, n, parameters)) name_of_source(name)
}

# Whether s is part[k] and those that follow
function is_pasted(s, part, k, n, parameters,    i) {
	if (!(part[k] in parameters)) {
		if (index(s, part[k]) != 1) return 0
		s = substr(s, length(part[k]) + 1)
		return k == n ? s == "" : is_pasted(s, part, k + 1, n, parameters)
	}
	if (k == n) return s in source_name
	for (i = 1; i < length(s); i++)
		if ((substr(s, 1, i) in source_name) && is_pasted(substr(s, i + 1), part, k + 1, n, parameters)) return 1
	return 0
}

function pasted(name) {
	if (name in macro || name in owners || (("struct:" name) in tagged)) name_of_source(name)
}

# The kernel's macros for ## expand their arguments before: STATIC_CALL_TRAMP_PREFIX is __SCT__.
function without_paste_macros(s,    start, length_, w, value) {
	while (match(s, /(__PASTE|CONCATENATE)[ \t]*\([ \t]*[A-Za-z_0-9]+[ \t]*,[ \t]*[A-Za-z_0-9]+[ \t]*\)/)) {
		start = RSTART
		length_ = RLENGTH
		split(substr(s, start, length_), w, /[^A-Za-z_0-9]+/)
		value = (w[2] in macro) ? substr(macro[w[2]], index(macro[w[2]], "\t") + length(w[2]) + 2) : w[2]
		if (value !~ /^[A-Za-z_0-9]+$/) value = w[2]
		s = substr(s, 1, start - 1) " " value "##" w[3] " " substr(s, start + length_)
	}
	return s
}

# The pastes of a macro, "(parameters) text". Those of the source's own macros are few enough to try every name.
function note_pastes(s, parameters, is_own,    part, n, k, before, after, variables) {
	if (!index(s, "##") && s !~ /(__PASTE|CONCATENATE)[ \t]*\(/) return
	parameters["__VA_ARGS__"] = 1
	s = without_paste_macros(s)
	gsub(/[ \t]*##[ \t]*/, "##", s)
	while (match(s, /[A-Za-z_0-9]+(##[A-Za-z_0-9]+)+/)) {
		n = split(substr(s, RSTART, RLENGTH), part, "##")
		s = substr(s, RSTART + RLENGTH)
		variables = 0
		for (k = 1; k <= n; k++) if (part[k] in parameters) variables++
		if (variables > 1 && (is_own || !(part[1] in parameters))) paste_words(part, n, parameters)
		for (k = 1; k <= n; k++) if (part[k] in parameters) {
			before = k > 1 && !(part[k - 1] in parameters) ? part[k - 1] : ""
			after = k < n && !(part[k + 1] in parameters) ? part[k + 1] : ""
			if (before != "" || after != "") paste(before, after)
		}
		# A number mostly: __strscpy1, by the count of arguments
		if (n == 2 && (part[1] in parameters) && (part[2] in parameters)) for (k = 0; k <= 9; k++) paste("", k)
	}
}
