# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads what `cc -E -dD` wrote. Writes one declaration of file scope a line, in the order of the source:
#
#	<kind> TAB <names> TAB <path>:<line> TAB <packing> TAB <text>
#
# kind     F: a function with its body; D: everything else that declares a name
# names    the names it declares, separated by spaces; tags as "struct:foo", "union:foo", "enum:foo"; "asm" for assembly
# packing  N of the "#pragma pack(N)" in force, else 0
#
# -v embeds=y: of C with -fms-extensions, where "struct foo;" in a struct has foo's members. They are written out.
#
# and to -v macros=<file> each macro of a header as it is defined in the end, in order of names' last definitions:
#
#	<name> TAB <path>:<line> TAB <definition, as it follows #define>

BEGIN {
	split("auto break case char const continue default do double else enum extern float for goto if inline int long " \
	      "register restrict return short signed sizeof static struct switch typedef union unsigned void volatile " \
	      "while _Bool _Noreturn _Thread_local __thread __inline __inline__ __extension__ __const __const__ " \
	      "__volatile__ __volatile __signed__ __signed __restrict __restrict__ __int128 __seg_fs __seg_gs typeof_", w, " ")
	for (i in w) keyword[w[i]] = 1
	split("__attribute__ __attribute __asm__ __asm asm __typeof__ __typeof typeof _Alignas", w, " ")
	for (i in w) operator[w[i]] = w[i] ~ /typeof/ ? " typeof_ " : " "
	packing = packed = 0
}

# Directives
# --------------------------------------------------------------------------

/^#/ {
	if ($1 == "#") {
		line = $2 - 1
		path = $3
		gsub(/"/, "", path)
		if (/" 1( |$)/) level++
		else if (/" 2( |$)/) level--
		next
	}
	line++
	if ($1 == "#define") define(substr($0, 9))
	else if ($1 == "#undef") delete definition[$2]
	else if ($1 == "#pragma" && $2 ~ /^pack/) pack(substr($0, index($0, "(")))
	next
}

# Compilers and command lines have macros as well, and C++ has its own of them.
function define(text,    name) {
	if (path == "<built-in>" || path == "<command-line>" || path == "<command line>") return
	match(text, /^[A-Za-z_0-9$]+/)
	name = substr(text, 1, RLENGTH)
	if (level == 0) { delete definition[name]; return } # the source's own
	definition[name] = text
	defined_at[name] = path ":" line
	order[name] = ++defined
}

function pack(s,    n) {
	gsub(/[() \t]/, "", s)
	if (s ~ /^push/) { stack[++packed] = packing; sub(/^push,?/, "", s); if (s == "") return }
	else if (s ~ /^pop/) { packing = packed ? stack[packed--] : 0; return }
	packing = s + 0
}

# Text
# --------------------------------------------------------------------------

{ line++ }
depth > 0 && index($0, "{") == 0 && index($0, "}") == 0 { text = text " " $0; next }
/^[ \t]*$/ { next }
{
	rest = $0
	shape = (index(rest, "\"") || index(rest, "'")) ? without_literals(rest) : rest
	while (match(shape, depth ? "[{}]" : "[{};]")) {
		at = RSTART
		take(substr(rest, 1, at - 1))
		mark = substr(shape, at, 1)
		rest = substr(rest, at + 1)
		shape = substr(shape, at + 1)
		if (mark == "{") open_brace()
		else if (mark == "}") close_brace()
		else { declaration("D"); }
	}
	take(rest)
}

# The line in the same length, without braces and semicolons of literals
function without_literals(s,    done, n) {
	done = ""
	while (match(s, /"([^"\\]|\\.)*"|'([^'\\]|\\.)*'/)) {
		n = RLENGTH
		done = done substr(s, 1, RSTART - 1) sprintf("%" n "s", "")
		s = substr(s, RSTART + n)
	}
	return done s
}

function take(s) {
	if (depth == 0) {
		if (head !~ /[^ \t]/ && s ~ /[^ \t]/) start = path ":" line
		head = head s " "
	}
	text = text s " "
}

function open_brace(    before, n, p) {
	if (depth == 0) {
		plain = without_attributes(head)
		body = is_function(plain)
	}
	if (!body) tagged(depth == 0 ? plain : last_words(text))
	opened[depth] = length(text)
	kind_of_brace[depth] = brace
	depth++
	text = text "{ "
	if (depth == 1) head = head "{} "
}

# The end of the text, for the words before a nested brace
function last_words(s,    i, n) {
	n = length(s)
	s = substr(s, n > 300 ? n - 300 : 1)
	for (i = length(s); i > 0; i--) if (index(";{}", substr(s, i, 1))) break
	return without_attributes(substr(s, i + 1))
}

# Notes the tag that a brace follows, and whether it has enumerators in it
function tagged(s,    n, p) {
	brace = ""
	if (!match(s, /(struct|union|enum)[ \t]*[A-Za-z_0-9]*[ \t]*$/)) return
	s = substr(s, RSTART)
	n = split(s, p, /[ \t]+/)
	brace = p[1]
	if (n > 1 && p[2] != "") names = names " " p[1] ":" p[2]
}

function close_brace() {
	depth--
	if (!body && kind_of_brace[depth] == "enum") enumerators(substr(text, opened[depth] + 2))
	text = text "} "
	if (depth == 0 && body) declaration("F")
}

function enumerators(s,    n, p, i, c, round) {
	if (index(s, "\"") || index(s, "'")) s = without_literals(s)
	while (match(s, /\([^()]*\)/)) s = substr(s, 1, RSTART - 1) " " substr(s, RSTART + RLENGTH) # their commas
	n = split(s, p, ",")
	for (i = 1; i <= n; i++) if (match(p[i], /[A-Za-z_][A-Za-z_0-9]*/)) names = names " " substr(p[i], RSTART, RLENGTH)
}

# Declarators
# --------------------------------------------------------------------------

# A declaration without attributes, labels and the operands of typeof
function without_attributes(s,    before, word, i, n, d, c, done) {
	done = ""
	while (match(s, /(__attribute__|__attribute|__asm__|__asm|asm|__typeof__|__typeof|typeof|_Alignas)[ \t]*(volatile|inline)?[ \t]*\(/)) {
		before = RSTART == 1 ? " " : substr(s, RSTART - 1, 1)
		n = RSTART + RLENGTH
		if (before ~ /[A-Za-z_0-9]/) { done = done substr(s, 1, n - 1); s = substr(s, n); continue }
		word = substr(s, RSTART, RLENGTH)
		done = done substr(s, 1, RSTART - 1) (word ~ /typeof/ ? " typeof_ " : " ")
		s = substr(s, n)
		for (d = 1; d > 0 && match(s, /[()]/); s = substr(s, RSTART + 1)) d += substr(s, RSTART, 1) == "(" ? 1 : -1
	}
	return done s
}

function is_function(s) {
	return s ~ /\)[ \t]*$/ && s !~ /=/
}

function declaration(kind,    s) {
	if (kind == "F") {
		names = " " function_name(plain)
	} else {
		s = without_attributes(head)
		if (head ~ /^[ \t]*(__asm__|asm)[ \t]*\(/) names = " asm"
		else if (s ~ /^[ \t]*(_Static_assert|__extension__ _Static_assert)/ || s !~ /[A-Za-z]/) names = ""
		else declarators(s)
	}
	gsub(/\t/, " ", text)
	if (embeds && kind == "D" && text ~ /^[ \t]*(struct|union)[ \t]/) embed()
	if (names != "") print kind "\t" substr(names, 2) "\t" start "\t" packing "\t" text (kind == "F" ? "" : ";")
	text = head = names = ""
	body = 0
}

# A struct's text may have others in it, of which it gets the members; others may have it.
function embed(    tag, w) {
	while (match(text, /[;{}][ \t]*(struct|union)[ \t]+[A-Za-z_0-9]+[ \t]*;/)) {
		split(substr(text, RSTART + 1, RLENGTH - 2), w, " ")
		tag = w[1] ":" w[2]
		text = substr(text, 1, RSTART) " " (tag in members_of ? w[1] " " members_of[tag] : "") ";" substr(text, RSTART + RLENGTH)
	}
	split(text, w, " ")
	tag = w[1] ":" w[2]
	if (index(names, " " tag) != 1 || text !~ /\}[ \t]*(__attribute__.*)?$/) return
	members_of[tag] = substr(text, index(text, "{"))
	gsub(/(struct|union)[ \t]+[A-Za-z_0-9]+[ \t]*\{/, "struct {", members_of[tag])
}

function function_name(s,    i) {
	if (s ~ /^[^(]*\([ \t]*\*/) return pointed(s)
	s = substr(s, 1, index(s, "(") - 1)
	match(s, /[A-Za-z_0-9]+[ \t]*$/)
	s = substr(s, RSTART, RLENGTH)
	sub(/[ \t]+$/, "", s)
	return s
}

# The name in "(*name)": qualifiers may stand before it
function pointed(s,    n, p, i) {
	match(s, /\([ \t]*\*/)
	n = split(substr(s, RSTART + RLENGTH), p, /[^A-Za-z_0-9]+/)
	for (i = 1; i <= n; i++) if (p[i] != "" && !(p[i] in keyword)) return p[i]
	return ""
}

# The name in "(name)(...)"
function in_parentheses(s) {
	match(s, /\([ \t]*[A-Za-z_0-9]+/)
	s = substr(s, RSTART + 1, RLENGTH - 1)
	sub(/^[ \t]+/, "", s)
	return s
}

function declarators(s,    first, part, i, c, d, n) {
	first = 1
	while (s ~ /[^ \t]/) {
		d = 0
		n = length(s)
		# up to the next comma that no parenthesis or bracket holds
		part = s
		if (index(s, ",")) {
			for (i = 1; i <= n; i++) {
				c = substr(s, i, 1)
				if (c == "(" || c == "[") d++
				else if (c == ")" || c == "]") d--
				else if (c == "," && d == 0) break
			}
			part = substr(s, 1, i - 1)
		}
		declarator(part, first)
		first = 0
		s = substr(s, length(part) + 2)
	}
}

function declarator(s, first,    n, p, name) {
	sub(/=.*/, "", s)
	while (match(s, /\[[^][]*\]/)) s = substr(s, 1, RSTART - 1) " " substr(s, RSTART + RLENGTH)
	if (s ~ /^[^(]*\([ \t]*\*/) name = pointed(s)
	else if (match(s, /^[^(]*\([ \t]*[A-Za-z_0-9]+[ \t]*\)[ \t]*\(/)) name = in_parentheses(s)
	else if (index(s, "(")) name = function_name(s)
	else {
		sub(/:.*/, "", s)
		gsub(/\*/, " ", s)
		n = split(s, p, /[ \t]+/)
		while (n && p[n] == "") n--
		name = p[n]
		# "struct foo", and nothing that it is the type of
		if (name != "{}" && n > 1 && p[n - 1] ~ /^(struct|union|enum)$/) { names = names " " p[n - 1] ":" name; return }
		if (first && n < 2) return
	}
	if (name ~ /^[A-Za-z_]/ && !(name in keyword)) names = names " " name
}

END {
	sorter = "sort -n | cut -f 2- > " macros
	for (name in definition) print order[name] "\t" name "\t" defined_at[name] "\t" definition[name] | sorter
	close(sorter)
}
