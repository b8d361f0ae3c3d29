# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads comments (of documentation.awk), chosen declarations, and what cxx-declarations.awk wrote of them. Writes the
# last, with each comment before what it documents.
#
# Needs members.awk.

FILENAME == ARGV[1] {
	i = index($0, "\t")
	if (!(substr($0, 1, i - 1) in documentation)) documentation[substr($0, 1, i - 1)] = substr($0, i + 1)
	next
}
FILENAME == ARGV[2] {
	split($0, field, "\t")
	names[FNR] = field[2]
	place[FNR] = field[3]
	next
}
declaration {
	gsub(/[ \t]*__asm__\("kcxx_c_[A-Za-z_0-9]*"\)/, "") # as people know it
	print documented($0, declaration)
	declaration = 0
	next
}
$1 == "#" && $3 == "\"kcxx-declaration\"" { declaration = $2 }
{ print }

# The last of the line is the declaration itself; types that stand inside it in C come before it.
function documented(s, number,    out, n, piece) {
	out = ""
	while (s ~ /[^ \t]/) {
		n = member_length(s)
		piece = substr(s, 1, n)
		s = substr(s, n + 1)
		out = out with_comments(piece, s ~ /[^ \t]/ ? 0 : number)
	}
	return out
}

function with_comments(s, number,    at, end, before, tag_kind, key) {
	at = index(s, "{")
	if (!at) return comment_of(number, "") s
	end = closing_brace(s, at)
	before = substr(s, 1, at - 1)
	tag_kind = tag_before(typeless(before))
	key = tag_kind ":" tag_name
	if (tag_kind == "") return comment_of(number, "") s
	return comment_of(number, key) before "{" body(substr(s, at + 1, end - at - 1), tag_kind, key) substr(s, end)
}

# "enum foo : int" is "enum foo".
function typeless(s) {
	sub(/[ \t]:[ \t][a-z ]+$/, "", s)
	return s
}

function comment_of(number, key,    n, w, i) {
	if (key in documentation) return comment(documentation[key])
	if (!number) return ""
	n = split(names[number], w, " ")
	for (i = 1; i <= n; i++) if (w[i] in documentation) return comment(documentation[w[i]])
	return (place[number] in documentation) ? comment(documentation[place[number]]) : ""
}

function comment(text) {
	gsub(/\036/, "\n * ", text)
	return "\n/** " text " */\n"
}

function body(s, tag_kind, key,    out, n, w, i) {
	out = ""
	if (tag_kind == "enum") {
		n = split(s, w, ",")
		for (i = 1; i <= n; i++) out = out (i > 1 ? "," : "") (match(w[i], /[A-Za-z_][A-Za-z_0-9]*/) ? member_comment(key, substr(w[i], RSTART, RLENGTH)) : "") w[i]
		return out
	}
	while (s ~ /[^ \t]/) {
		n = member_length(s)
		out = out member(substr(s, 1, n), key)
		s = substr(s, n + 1)
	}
	return out
}

function member(s, key,    at, end, before, after, tag_kind, n, w) {
	at = index(s, "{")
	if (at) {
		end = closing_brace(s, at)
		before = substr(s, 1, at - 1)
		after = substr(s, end)
		tag_kind = tag_before(before)
		n = split(member_names("type " substr(after, 2)), w, " ")
		return (n ? member_comment(key, w[1]) : "") before "{" body(substr(s, at + 1, end - at - 1), tag_kind, key) after
	}
	n = split(member_names(s), w, " ")
	return (n ? member_comment(key, w[1]) : "") s
}

function member_comment(key, name) {
	sub(/^!/, "", name)
	return ((key "." name) in documentation) ? comment(documentation[key "." name]) : ""
}
