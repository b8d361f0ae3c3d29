# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Part of select.awk: which structs somebody goes through a pointer to, so that they are chosen whole.

# Chooses the types that the source goes through; returns whether it chose any
function go_through_pointers(    tag, i, m, any) {
	any = 0
	for (tag in by_source) {
		if (!(tag in tagged) || (tagged[tag] in of_sources)) continue
		i = tagged[tag]
		members(i)
		for (m in source_member) if ((i, m) in segment) { choose(i, 1); any = 1; break }
	}
	return any
}

# members(i): segment[i, word] is the text of the member declarations of struct i that have this word
function members(i,    n, part, k, m, w, j) {
	if (i in has_members) return
	has_members[i] = 1
	n = split(text[i], part, ";")
	for (k = 1; k <= n; k++) {
		m = split(part[k], w, /[^A-Za-z0-9_]+/)
		for (j = 1; j <= m; j++) if (w[j] != "") segment[i, w[j]] = segment[i, w[j]] " " part[k]
	}
}

# Chooses the types that inline i goes through: those that it mentions, that its callees return, that its members have
function go_through(i,    n, w, k, c, t, m, s) {
	if (!(i in member_of) && edges == "") return
	candidates = 0
	generation++
	for (c in candidate) delete candidate[c]
	n = split(mentions[i], w, " ")
	for (k = 1; k <= n; k++) consider(w[k])
	n = split(names_in[i], w, " ")
	for (k = 1; k <= n; k++) consider_types(heads(w[k]))
	m = split(member_of[i], w, " ")
	for (c = 1; c <= candidates; c++) {
		t = tagged[candidate_at[c]]
		members(t)
		for (k = 1; k <= m; k++) if ((t, w[k]) in segment) {
			choose(t, 0)
			consider_types(segment[t, w[k]])
		}
	}
	for (c = 1; c <= candidates; c++) pointed_at[i] = pointed_at[i] " " tagged[candidate_at[c]]
}

function consider(tag) {
	if (tag in candidate || !(tag in tagged)) return
	candidate[tag] = 1
	candidate_at[++candidates] = tag
}

# The declarations of a name, without bodies
function heads(name,    n, w, i, s, head) {
	if (name in head_of) return head_of[name]
	n = split(owners[name], w, " ")
	s = ""
	for (i = 1; i <= n; i++) {
		head = text[w[i] + 0]
		if (kind[w[i] + 0] == "F") head = substr(head, 1, index(head, "{") - 1)
		s = s " ; " head
	}
	return head_of[name] = s
}

function consider_types(s,    n, w, k, more) {
	for (;;) {
		gsub(/[^A-Za-z0-9_]+/, " ", s)
		n = split(s, w, " ")
		more = ""
		for (k = 1; k <= n; k++) {
			if (w[k] in tag_kind && k < n) { consider(w[k] ":" w[k + 1]); k++ }
			else if (w[k] in owners && seen_type[w[k]] != generation && is_type(w[k])) {
				seen_type[w[k]] = generation
				more = more " " heads(w[k])
			}
		}
		if (more == "") return
		s = more
	}
}

function is_type(name,    n, w) {
	split(owners[name], w, " ")
	return (w[1] + 0) in type
}
