# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# How the text of a struct is taken apart: functions for the other awk programs of this folder.

# The place of the brace that closes the one at s[from]
function closing_brace(s, from,    d, at, part) {
	d = 0
	at = from
	part = substr(s, from)
	while (match(part, /[{}]/)) {
		at += RSTART - 1
		d += substr(part, RSTART, 1) == "{" ? 1 : -1
		if (d == 0) return at
		part = substr(part, RSTART + 1)
		at++
	}
	return 0
}

# The length of the attributes at the beginning of s
function attributes_length(s,    rest, taken, d, n) {
	rest = s
	taken = 0
	while (match(rest, /^[ \t]*__attribute__[ \t]*\(/)) {
		n = RLENGTH
		for (d = 1; d > 0 && match(substr(rest, n + 1), /[()]/); n += RSTART) d += substr(rest, n + RSTART, 1) == "(" ? 1 : -1
		taken += n
		rest = substr(rest, n + 1)
	}
	return taken
}

# s without the attributes that it has anywhere
function without_attribute(s,    done, i, n) {
	done = ""
	while ((i = index(s, "__attribute__"))) {
		done = done substr(s, 1, i - 1) " "
		s = substr(s, i)
		n = attributes_length(s)
		if (n == 0) n = 13
		s = substr(s, n + 1)
	}
	return done s
}

# The head of a function without what is its own: twice, for two such words share a space
function without_storage(s) {
	gsub(/(^|[ \t])(static|inline|__inline|__inline__|extern)[ \t]/, "  ", s)
	gsub(/(^|[ \t])(static|inline|__inline|__inline__|extern)[ \t]/, "  ", s)
	return s
}

# The length of the first member declaration of s, with its semicolon
function member_length(s,    at, part, close_) {
	at = 0
	part = s
	while (match(part, /[{;]/)) {
		if (substr(part, RSTART, 1) == ";") return at + RSTART
		close_ = closing_brace(part, RSTART)
		at += close_
		part = substr(part, close_ + 1)
	}
	return length(s)
}

# The tag kind ("struct", "union", "enum") before the brace at the end of s, and in `tag_name` its name
function tag_before(s,    n, p) {
	s = without_attribute(s)
	tag_name = ""
	if (!match(s, /(^|[^A-Za-z_0-9])(struct|union|enum)([ \t]+[A-Za-z_0-9]+)?[ \t]*$/)) return ""
	n = split(substr(s, RSTART), p, /[^A-Za-z_0-9]+/)
	while (n && p[n] == "") n--
	if (p[n] ~ /^(struct|union|enum)$/) return p[n]
	tag_name = p[n]
	return p[n - 1]
}

# Declarators of a member declaration without braces: "name name:bits", "!" before those that have no address
function member_names(s,    out, n, p, i, name, m, w) {
	s = without_attribute(s)
	while (match(s, /\[[^][]*\]/)) s = substr(s, 1, RSTART - 1) substr(s, RSTART + RLENGTH)
	gsub(/(__typeof__|typeof)[ \t]*\([^()]*(\([^()]*(\([^()]*\)[^()]*)*\)[^()]*)*\)/, "type ", s)
	if (match(s, /\([ \t]*\*/)) { # (*name)(...)
		s = substr(s, RSTART + RLENGTH)
		gsub(/(^|[^A-Za-z_0-9])(const|volatile|__restrict)[ \t]/, " ", s)
		return match(s, /[A-Za-z_][A-Za-z_0-9]*/) ? substr(s, RSTART, RLENGTH) : ""
	}
	sub(/;.*/, "", s)
	out = ""
	n = split(s, p, ",")
	for (i = 1; i <= n; i++) {
		name = p[i]
		if (name ~ /:/) {
			sub(/[ \t]*:.*/, "", name)
			sub(/^[ \t]+/, "", name)
			# "unsigned :0" has none
			if (name !~ /(^|[ \t])(unsigned|signed|int|long|short|char|_Bool)$/ && match(name, /[A-Za-z_][A-Za-z_0-9]*$/) && (i > 1 || RSTART > 1)) out = out " !" substr(name, RSTART, RLENGTH)
			continue
		}
		sub(/[ \t]+$/, "", name)
		if (match(name, /[A-Za-z_][A-Za-z_0-9]*$/) && (i > 1 || RSTART > 1)) out = out " " substr(name, RSTART, RLENGTH)
	}
	return out
}
