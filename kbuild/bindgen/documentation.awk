# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads the paths of headers, one a line, and those headers. Writes the comments that document what they declare, a
# comment a line, with \036 for the ends of its lines:
#
#	<path>:<line> TAB <text>	the comment before the declaration that begins in this line
#	<name> TAB <text>		kernel-doc of a function or type; "struct:foo", "union:foo", "enum:foo" of a tag
#	<tag>.<member> TAB <text>	of a member or an enumerator: kernel-doc's "@member:", or the comment beside it
#
# Needs members.awk.

{ scan($0) }

function scan(header) {
	path = header
	number = depth = in_comment = in_directive = 0
	pending = trailing = beside = statement = ""
	while ((getline line < path) > 0) {
		number++
		line_of(line)
	}
	close(path)
}

# Lines
# --------------------------------------------------------------------------

function line_of(s,    code, i, j, commented) {
	code = ""
	commented = in_comment
	while (s != "") {
		if (in_comment) {
			if (!(i = index(s, "*/"))) { comment = comment "\036" s; break }
			comment = comment "\036" substr(s, 1, i - 1)
			s = substr(s, i + 2)
			in_comment = 0
			end_comment()
			continue
		}
		i = index(s, "/*")
		j = index(s, "//")
		if (!i && !j) { code = code s; break }
		commented = 1
		if (j && (!i || j < i)) {
			code = code substr(s, 1, j - 1)
			after_code = code ~ /[^ \t]/
			is_kernel_doc = 0
			comment = substr(s, j + 2)
			end_comment()
			break
		}
		code = code substr(s, 1, i - 1)
		after_code = code ~ /[^ \t]/
		is_kernel_doc = substr(s, i + 2, 1) == "*" && substr(s, i + 3, 1) != "/"
		comment = ""
		in_comment = 1
		s = substr(s, i + 2 + is_kernel_doc)
	}
	if (code ~ /[^ \t]/) code_of(code)
	else if (!commented) pending = ""
	if (trailing != "") {
		document(beside, trailing)
		trailing = ""
	}
}

# A comment documents what it is beside, else what follows.
function end_comment(    text) {
	text = plain(comment)
	if (text !~ /[A-Za-z]/ || in_directive) return
	if (after_code) trailing = text
	else if (!is_kernel_doc || !kernel_doc(text)) pending = text
}

# The text of a comment, without the stars that begin its lines
function plain(s,    n, w, i, out) {
	n = split(s, w, "\036")
	out = ""
	for (i = 1; i <= n; i++) {
		sub(/^[ \t]*\*?[ \t]?/, "", w[i])
		sub(/[ \t]*\**[ \t]*$/, "", w[i])
		if (w[i] != "" || out != "") out = out (out == "" ? "" : "\036") w[i]
	}
	gsub(/\t/, "    ", out)
	sub(/\036+$/, "", out)
	gsub(/\/\*/, "/ *", out)
	return out
}

function document(keys, text,    n, w, i) {
	n = split(keys, w, " ")
	for (i = 1; i <= n; i++) print w[i] "\t" text
}

# kernel-doc
# --------------------------------------------------------------------------

# Whether the text is kernel-doc: of a name, or of a member "@name:"
function kernel_doc(text,    n, w, key, head) {
	n = split(text, w, "\036")
	if (w[1] ~ /^@[A-Za-z_0-9.]+:/) {
		if (depth) members_of(owner[depth], w, 1, n)
		return 1
	}
	head = w[1]
	if (match(head, /^(struct|union|enum)[ \t]+[A-Za-z_][A-Za-z_0-9]*/)) {
		key = substr(head, 1, RLENGTH)
		sub(/[ \t]+/, ":", key)
		text = members_of(key, w, 1, n)
		sub(/^(struct|union|enum)[ \t]+/, "", text)
	} else {
		sub(/^(typedef|define|macro|function)[ \t]+/, "", head)
		if (!match(head, /^[A-Za-z_][A-Za-z_0-9]*/)) return 0
		key = substr(head, 1, RLENGTH)
		head = substr(head, RLENGTH + 1)
		if (head !~ /^[ \t]*(\([^)]*\))?[ \t]*(-|:|$)/ || key == "DOC") return 0
		sub(/^(typedef|define|macro|function)[ \t]+/, "", text)
	}
	sub(/^[A-Za-z_0-9]+[ \t]*(\([^)]*\))?[ \t]*[-:][ \t]*/, "", text) # the name is shown beside it
	print key "\t" text
	return 1
}

# Writes each "@member: text" of the lines; returns the other lines.
function members_of(key, w, from, to,    i, name, text, rest) {
	name = rest = ""
	for (i = from; i <= to; i++) {
		if (match(w[i], /^@[A-Za-z_][A-Za-z_0-9.]*:/)) {
			if (name != "") print key "." name "\t" text
			name = substr(w[i], 2, RLENGTH - 2)
			sub(/^.*\./, "", name)
			text = substr(w[i], RLENGTH + 1)
			sub(/^[ \t]+/, "", text)
		} else if (name != "" && w[i] ~ /[^ ]/) {
			sub(/^[ \t]+/, "", w[i])
			text = text (text == "" ? "" : "\036") w[i]
		} else {
			if (name != "") print key "." name "\t" text
			name = ""
			rest = rest (rest == "" ? "" : "\036") w[i]
		}
	}
	if (name != "") print key "." name "\t" text
	sub(/\036+$/, "", rest)
	return rest
}

# Code
# --------------------------------------------------------------------------

function code_of(s,    mark) {
	if (in_directive || s ~ /^[ \t]*#/) {
		in_directive = s ~ /\\$/
		pending = beside = ""
		return
	}
	if (depth && s ~ /^(struct|union|enum|typedef|static|extern)[ \t]/) depth = 0 # an #if closed one brace twice
	beside = ""
	if (depth == 0 && statement !~ /[^ \t]/) {
		if (pending != "") document(path ":" number, pending)
		pending = statement = ""
	}
	if (depth && kind[depth] == "enum") enumerator(s)
	while (match(s, /[{};]/)) {
		statement = statement " " substr(s, 1, RSTART - 1)
		mark = substr(s, RSTART, 1)
		s = substr(s, RSTART + 1)
		if (mark == "{") open_brace()
		else if (mark == "}") close_brace()
		else end_statement()
	}
	statement = statement " " s
}

function open_brace(    tag_kind) {
	tag_kind = tag_before(statement)
	depth++
	kind[depth] = tag_kind
	owner[depth] = ""
	if (tag_kind != "") owner[depth] = tag_name != "" ? tag_kind ":" tag_name : depth > 1 ? owner[depth - 1] : ""
	statement = pending = ""
}

# After a body, another declaration begins; after a type, its declarators are to come.
function close_brace() {
	if (depth) statement = kind[depth--] == "" ? "" : "type"
}

function end_statement() {
	if (depth && owner[depth] != "" && kind[depth] != "enum") documented_here(member_names(statement))
	statement = ""
}

function enumerator(s) {
	if (match(s, /^[ \t]*[A-Za-z_][A-Za-z_0-9]*/)) {
		s = substr(s, 1, RLENGTH)
		sub(/^[ \t]+/, "", s)
		documented_here(s)
	}
}

function documented_here(names,    n, w, i) {
	n = split(names, w, " ")
	for (i = 1; i <= n; i++) {
		sub(/^!/, "", w[i])
		beside = beside " " owner[depth] "." w[i]
	}
	if (pending != "") document(beside, pending)
	pending = ""
}
