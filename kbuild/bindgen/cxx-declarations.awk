# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads the layouts (of layout-questions.awk, as the C compiler answered them), the tags (of select.awk),
# then chosen declarations. Writes them as C++; before each, a line
#
#	# <its number> "kcxx-declaration"
#
# by which errors name it. -v wrapped=<file> has the numbers of functions that C++ cannot take: they are
# declared, and called by the name kcxx_c_<function>, which wrappers.awk writes in C.
# -v cast=<file> has the numbers of functions that C++ may take with casts from void *.
# -v library=<file> has what the library declares (of library-names.awk).
# -v dropped=<file> has the numbers of declarations that C++ cannot take at all.
# -v declared=<file> has the declarations that the library's bindings have: types that they define are left out.
# -v space=<name>: functions and variables are in a namespace of this name; types are not.
# -v used=<file> has the structs of which the source's own structs may have a value (of used-names.awk).

BEGIN {
	while (wrapped != "" && (getline n < wrapped) > 0) is_wrapped[n] = 1
	while (cast != "" && (getline n < cast) > 0) is_cast[n] = 1
	while (library != "" && (getline n < library) > 0) {
		if (n ~ /^N /) of_library[substr(n, 3)] = 1
		else if (n ~ /^T /) of_library["struct:" substr(n, 3)] = 1
		else if (split(n, w, " ")) typed[w[2]] = substr(n, index(n, " : "))
	}
	while (declared != "" && (getline n < declared) > 0) note_declared(n)
	while (used != "" && (getline n < used) > 0) if (n ~ /^E /) source_embeds[substr(n, 3)] = 1
	while (dropped != "" && (getline n < dropped) > 0) is_dropped[n + 0] = 1
}

FILENAME == ARGV[1] {
	if ($1 == "offset") offset[$2] = $3 * 8
	else if ($1 == "bit") offset[$2] = $3 + 0
	else if ($1 == "size" && $3 == 0) is_empty[$2] = 1
	next
}
FILENAME == ARGV[2] { tag[++tags] = $0; next }
FNR == 1 { FS = "\t"; $0 = $0 }
$1 == "C" { next }
{
	kind[FNR] = $1
	names[FNR] = $2
	place[FNR] = $3
	pack_of[FNR] = $4
	text[FNR] = $5
	last = FNR
	if ($1 == "F") is_function[$2] = 1
	if ($1 != "F" && index($5, "{")) embedded($5)
}

END {
	for (i = 1; i <= last; i++) {
		n = split(names[i], w, " ")
		for (k = 1; k <= n; k++) if (w[k] ~ /^enum:/ && index(text[i], "{")) {
			name = substr(w[k], 6)
			has_enumerators[name] = 1
			# C chooses the underlying type; C++ needs it where the enum is mentioned before
			if (name in typed) early[name] = typed[name]
			else if (name in used_enum) early[name] = text[i] ~ /=[ \t]*\(?-/ ? " : int" : " : unsigned int"
		}
		if (index(text[i], "enum")) mentioned_enums(text[i])
	}
	for (i in is_wrapped) wrapped_name[names[i]] = 1
	for (i = 1; i <= tags; i++) forward(tag[i])
	for (i = 1; i <= last; i++) if ((i in kind) && !(i in is_dropped)) declare(i)
	if (packing) print "#pragma pack()"
	enter("")
}

function mentioned_enums(s,    w) {
	while (match(s, /enum[ \t]+[A-Za-z_0-9]+/)) {
		split(substr(s, RSTART, RLENGTH), w, /[ \t]+/)
		used_enum[w[2]] = 1
		s = substr(s, RSTART + RLENGTH)
	}
}

function forward(tag,    w) {
	split(tag, w, " ")
	if ((w[1] ":" w[2]) in is_declared) return
	if (w[1] != "enum") print w[1] " " tag_identifier(w[2]) ";"
	else if (!(w[2] in has_enumerators)) print "enum " identifier(w[2]) " : unsigned int;"
	else if (w[2] in early) print "enum " identifier(w[2]) early[w[2]] ";"
}

# Whether set has all names of the list, and there are any
function all_in(list, set,    n, w, k) {
	n = split(list, w, " ")
	for (k = 1; k <= n; k++) if (!(w[k] in set)) return 0
	return n > 0
}

# Types are of all files; a function of C's that the library's bindings have is in a namespace there.
function note_declared(s,    field, n, w, k) {
	split(s, field, "\t")
	if (!is_type(field[1], field[2], field[5]) || !index(field[5], "{")) return
	n = split(field[2], w, " ")
	for (k = 1; k <= n; k++) is_declared[w[k]] = 1
}

function is_declared_type(i) {
	return index(text[i], "{") && is_type(kind[i], names[i], text[i]) && all_in(names[i], is_declared)
}

# Whether a declaration is of types alone, or of a constant of the library's helpers
function is_type(kind, names, s,    at, rest) {
	if (kind == "F") return 0
	if (names ~ /^KCXX_/ || s ~ /^[ \t]*(__extension__[ \t]+)?typedef[ \t]/) return 1
	at = index(s, "{")
	if (at) return s !~ /^[^{]*=/
	rest = names
	gsub(/(struct|union|enum):[A-Za-z_0-9]+/, "", rest)
	return rest !~ /[^ ]/
}

# enter(place): "types"; "static" for functions and variables of a file; "C" for those that have a symbol of C's
function enter(place) {
	if (space == "" || place == entered) return
	if (entered == "C") print "}"
	if (entered != "") print "}"
	if (place ~ /static|C/) print "namespace " space " {"
	if (place ~ /types|C/) print "extern \"C\" {"
	entered = place
}

function declare(i,    s) {
	if (all_in(names[i], of_library) || is_declared_type(i)) return
	s = text[i]
	if (kind[i] != "F" && (names[i] in wrapped_name) && s ~ /(^|[ \t])static[ \t]/) return # its own declaration follows
	if (s ~ /^[ \t]*enum[ \t]+[A-Za-z_0-9]+[ \t]*;[ \t]*$/) return # forward() has it, with its type
	# C's own names of true and false
	if (s ~ /enum *\{ *false *= *0 *, *true *= *1 *\}/) return
	if (s ~ /^[ \t]*typedef[ \t]+(_Bool|unsigned char)[ \t]+bool[ \t]*;/) return
	if (pack_of[i] != packing + 0) { print pack_of[i] ? "#pragma pack(" pack_of[i] ")" : "#pragma pack()"; packing = pack_of[i] }
	if (kind[i] != "F" && s ~ /^[ \t]*extern([^{}]*[^*,(])?[ \t]+const[ \t]+void[ \t]+[A-Za-z_0-9]+[ \t]*[,;]/) sub(/const[ \t]+void/, "const char", s) # an address alone
	if (index(s, "gnu_inline")) s = without_gnu_inline(s)
	if (i in is_cast) s = with_casts(s, names[i])
	if (i in is_wrapped) s = without_body(s, names[i])
	else if (kind[i] == "F") s = with_object_sizes(s)
	else if (index(s, "{") && s ~ /(struct|union|enum)/) s = restructure(s, 0)
	s = in_cxx(rename(s))
	if (kind[i] == "F" && !(i in is_wrapped) && !balanced(s)) { # no error of a compiler's would be about this one
		print i >> wrapped
		s = in_cxx(rename(without_body(text[i], names[i])))
	}
	if (space != "") {
		if (is_type(kind[i], names[i], text[i])) {
			s = with_space(s)
			enter("types")
		} else {
			# A body may declare a variable of the kernel's: extern struct static_key_false …;
			enter((" " s) ~ /^[^{(]*[ \t]static[ \t]/ && s !~ /\{.*[;{ \t]extern[ \t]/ ? "static" : "C")
		}
	}
	print "# " i " \"kcxx-declaration\" 3"
	print rename(hoisted) effect(kind[i], names[i], text[i], place[i]) s
	hoisted = ""
}

# Names the space of functions that a type calls: the width of a bit-field may be ilog2()
function with_space(s,    out, name) {
	while (match(s, /[A-Za-z_][A-Za-z_0-9]*[ \t]*\(/)) {
		name = substr(s, RSTART, RLENGTH - 1)
		sub(/[ \t]+$/, "", name)
		out = out substr(s, 1, RSTART - 1) (name in is_function ? space "::" : "") substr(s, RSTART, RLENGTH)
		s = substr(s, RSTART + RLENGTH)
	}
	return out s
}

# A static function needs none, and g++ has two faults with it: it makes no function of which only the address is
# used, and refuses a definition without the attribute, that of a source, whose prototype a header has.
function without_gnu_inline(s,    head, length_) {
	length_ = index(s, "{") ? index(s, "{") - 1 : length(s)
	head = substr(s, 1, length_)
	if (head !~ /(^|[ \t])static[ \t]/) return s
	gsub(/__attribute__[ \t]*\(\((__)?gnu_inline(__)?\)\)/, " ", head)
	return head substr(s, length_ + 1)
}

function balanced(s,    opened) {
	if (index(s, "\"")) gsub(/"([^"\\]|\\.)*"/, "", s)
	gsub(/'([^'\\]|\\.)'/, "", s)
	opened = gsub(/[{(]/, "", s)
	return opened == gsub(/[})]/, "", s)
}

# Functions that ask for the size of what a parameter points at: Clang knows it where the function is called, if the
# parameter has an attribute, which the headers have for Clang alone. cxx-only.hpp has the macros.
function with_object_sizes(s,    body, head, asked, w, at) {
	if (!index(s, "object_size(") || s !~ /__gnu_inline__/ || s ~ /pass_(dynamic_)?object_size/) return s
	at = index(s, "{")
	head = substr(s, 1, at - 1)
	body = substr(s, at)
	asked = body
	while (match(asked, /__builtin_(dynamic_)?object_size[ \t]*\([ \t]*[A-Za-z_0-9]+[ \t]*,[ \t]*[0-3][ \t]*\)/)) {
		split(substr(asked, RSTART, RLENGTH), w, /[^A-Za-z_0-9]+/)
		asked = substr(asked, RSTART + RLENGTH)
		if (match(head, "\\*[ \t]*const[ \t]+" w[2] "[ \t]*[,)]"))
			head = substr(head, 1, RSTART - 1) "* const KCXX_PASS" substr(w[1], 10) "(" w[3] ") " w[2] substr(head, RSTART + RLENGTH - 1)
	}
	return (index(head, "KCXX_PASS") ? "KCXX_OVERLOADABLE " : "") head body
}

# Functions that C++ cannot take
# --------------------------------------------------------------------------

function without_body(s, name) {
	s = substr(s, 1, index(s, "{") - 1)
	gsub(/__attribute__[ \t]*\(\((__)?(gnu_inline|always_inline|unused|no_instrument_function|flatten|noinline|cold|hot|section|artificial|overloadable|no_sanitize[a-z_]*|error|warning)(__)?(\([^()]*\))?\)\)/, " ", s)
	return "extern " without_storage(s) " __asm__(\"kcxx_c_" name "\");"
}

# C converts void * to any pointer: what is assigned and returned is cast to the type that it becomes.
function with_casts(s, name,    at, head, type) {
	at = index(s, "{")
	head = substr(s, 1, at - 1)
	type = without_storage(without_attribute(head))
	match(type, "(^|[^A-Za-z_0-9])" name "[ \t]*\\(")
	type = substr(type, 1, RSTART)
	return head casts(pointer_types(substr(s, at)), type)
}

function casts(s, type,    done, to, n, start) {
	done = ""
	while (match(s, /(^|[^A-Za-z_0-9.>])([A-Za-z_][A-Za-z_0-9]*((->|\.)[A-Za-z_0-9]+)*[ \t]*=[ \t]|return[ \t(])/)) {
		start = RSTART + RLENGTH - (substr(s, RSTART + RLENGTH - 1, 1) == "(" ? 1 : 0)
		to = substr(s, RSTART, start - RSTART)
		done = done substr(s, 1, start - 1)
		s = substr(s, start)
		n = expression_length(s)
		if (done ~ /(__auto_type|auto)[ \t]+[A-Za-z_0-9]+[ \t]*=[ \t]*$/) to = ""
		else if (to ~ /return[ \t]*$/) { if (type ~ /\*|(^|[ \t])enum[ \t]/) to = type; else to = "" }
		else { sub(/^[^A-Za-z_]/, "", to); sub(/[ \t]*=[ \t]*$/, "", to); to = "__typeof__(" to ")" }
		if (to != "" && s !~ /^[ \t]*[{;]/) {
			done = done "(" to ")(" casts(substr(s, 1, n), type) ")"
			s = substr(s, n + 1)
		}
	}
	return done s
}

# The length of s up to what ends an expression
function expression_length(s,    d, at, part, c) {
	d = 0
	at = 0
	part = s
	while (match(part, /[][(){},;]/)) {
		c = substr(part, RSTART, 1)
		at += RSTART
		if (d == 0 && c ~ /[]),;}]/) return at - 1
		if (c !~ /[,;]/) d += c ~ /[[({]/ ? 1 : -1
		part = substr(part, RSTART + 1)
	}
	return length(s)
}

# Structs
# --------------------------------------------------------------------------

# Structs of which others have a value: their flexible array is not at an end there.
function embedded(s,    rest) {
	rest = s
	while (match(rest, /(struct|union)[ \t]+[A-Za-z_0-9]+[ \t]+[A-Za-z_]/)) {
		is_embedded[word_at(substr(rest, RSTART), 2)] = 1
		rest = substr(rest, RSTART + RLENGTH - 1)
	}
}

function word_at(s, n,    w) { split(s, w, /[ \t]+/); return w[n] }

# A declaration with the structs and enums in it, named or not, as C++ has them: named ones of a
# struct's members, and all enums there, come before it, for in C their names belong to the file.
function restructure(s, level, key,    at, end, before, after, inner, kind_, name, attributes, n) {
	at = index(s, "{")
	if (!at) return s
	before = substr(s, 1, at - 1)
	kind_ = tag_before(before)
	if (kind_ == "") return s # an initialiser
	name = tag_name
	end = closing_brace(s, at)
	inner = substr(s, at + 1, end - at - 1)
	after = substr(s, end + 1)
	if (level == 0) key = kind_ ":" name
	if (level == 0 && name == "") { key = after; sub(/^[ \t]*/, "", key); sub(/[ \t]*;.*/, "", key) }
	n = attributes_length(after)
	attributes = substr(after, 1, n)
	if (kind_ != "enum") {
		if (level > 0 && name != "") key = kind_ ":" name
		inner = members(inner, kind_, key, level > 0 && name == "" ? member_prefix(key, substr(after, n + 1)) : key ".", level, name)
	}
	if (kind_ == "enum" && (name in early)) before = before early[name]
	if (level > 0 && (name != "" || kind_ == "enum")) {
		if (name == "") {
			name = "kcxx_" (declared == "" ? "" : "own_") "enum_" i "_" (++anonymous)
			before = before name
		}
		hoisted = hoisted before_tag(before) " {" inner "}" attributes "; "
		return before substr(after, n + 1)
	}
	return before "{" inner "}" after
}

# "struct foo" of "const struct foo": what is before the tag belongs to the member.
function before_tag(s) {
	match(s, /(struct|union|enum)([^A-Za-z_0-9].*)?$/)
	return substr(s, RSTART)
}

# The key of an unnamed struct's members: its own member's, if it has a name
function member_prefix(key, after,    names_) {
	names_ = member_names("type " after)
	if (names_ == "" || split(names_, w_, " ") != 1) return key "."
	return key "." w_[1] "."
}

function members(s, kind_, key, prefix, level, name,    n, count, part, i_, out, member, m, at, last_, j, place_, shuffled, before_) {
	if (s !~ /[^ \t]/) return " char kcxx_nothing[0]; "
	count = 0
	while (s ~ /[^ \t]/) {
		n = member_length(s)
		count = one_by_one(substr(s, 1, n), part, count)
		s = substr(s, n + 1)
	}
	shuffled = 0
	before_ = -1
	if (kind_ == "struct") for (j = 1; j <= count; j++) {
		place_[j] = first_offset(part[j], prefix, before_) + (empty(part[j]) ? 0 : 0.5)
		if (place_[j] < before_) shuffled = 1
		before_ = place_[j]
	}
	if (shuffled) sort(part, place_, count)
	out = ""
	for (j = 1; j <= count; j++) {
		member = part[j]
		if (index(member, "{")) member = restructure(member, level + 1, substr(prefix, 1, length(prefix) - 1))
		if (match(member, /\[[ \t]*\]/) && no_function(substr(member, 1, RSTART - 1)) && match(member, /\[[ \t]*\]/) &&
		    !(level == 0 && j == count && kind_ == "struct" && !(name in is_embedded) && !empty(part[j - 1]))) # g++ takes one behind an empty member for alone
			sub(/\[[ \t]*\]/, "[0]", member)
		else if (j == count && (name in source_embeds)) sub(/\[[ \t]*\]/, "[KCXX_FLEXIBLE]", member)
		out = out with_scope(member)
	}
	return out
}

# "proc_handler *proc_handler;": by -Wpedantic, g++ refuses a name whose meaning changes, but none with its scope.
function with_scope(member,    w) {
	if (member !~ /^[ \t]*[A-Za-z_][A-Za-z_0-9]*[ \t*]+[A-Za-z_][A-Za-z_0-9]*[ \t]*;$/) return member
	split(member, w, /[ \t*;]+/)
	if (w[1] == "" ? w[2] != w[3] : w[1] != w[2]) return member
	match(member, /[A-Za-z_]/)
	return substr(member, 1, RSTART - 1) "::" substr(member, RSTART)
}

# Where a member declaration begins; one of which nothing is known follows the one before
function first_offset(member, prefix, before_,    names_, w, n, i_, at, least, rest, end) {
	at = index(member, "{")
	if (at) {
		end = closing_brace(member, at)
		names_ = member_names("type " substr(member, end + 1))
		if (names_ == "") { # an unnamed one: the least of its members
			rest = substr(member, at + 1, end - at - 1)
			least = -1
			while (rest ~ /[^ \t]/) {
				n = member_length(rest)
				i_ = first_offset(substr(rest, 1, n), prefix, -1)
				if (i_ >= 0 && (least < 0 || i_ < least)) least = i_
				rest = substr(rest, n + 1)
			}
			return least < 0 ? before_ : least
		}
	} else {
		names_ = member_names(member)
	}
	n = split(names_, w, " ")
	for (i_ = 1; i_ <= n; i_++) {
		sub(/^!/, "", w[i_])
		if ((prefix w[i_]) in offset) return offset[prefix w[i_]]
	}
	return before_
}

# Whether "[]" after s is an array's, and no parameter's
function no_function(s) { return without_attribute(s) !~ /\(/ }

# "long a, *b;" is two members, each with a place of its own.
function one_by_one(member, part, count,    n, first, base) {
	n = argument_length(member)
	if (index(member, "{") || n == length(member)) { part[++count] = member; return count }
	first = substr(member, 1, n)
	part[++count] = first ";"
	base = first
	sub(/[ \t]*:[^:]*$/, "", base)
	while (sub(/[ \t]*\[[^][]*\][ \t]*$/, "", base)) ;
	if (member_names(first ";") != "") sub(/[ \t*]*[A-Za-z_0-9]+[ \t]*$/, "", base) # "u32 : 1, b : 2;" has none
	for (member = substr(member, n + 2); member ~ /[A-Za-z_:]/; member = substr(member, n + 2)) {
		n = argument_length(member)
		part[++count] = base " " substr(member, 1, n) (substr(member, n, 1) == ";" ? "" : ";")
	}
	return count
}

# Whether a member takes no room: then it comes before the one at the same place.
function empty(member,    w, n) {
	n = split(member, w, /[^A-Za-z_0-9]+/)
	if (n == 4 && w[1] == "") return w[2] in is_empty # a typedef
	return match(member, /(struct|union)[ \t]+[A-Za-z_0-9]+[ \t]+[A-Za-z_0-9]+[ \t]*;/) &&
	       split(substr(member, RSTART, RLENGTH), w, /[ \t]+/) && ((w[1] ":" w[2]) in is_empty)
}

# By place, and otherwise as they were
function sort(part, place_, count,    i_, j, p, q) {
	for (i_ = 2; i_ <= count; i_++) {
		p = part[i_]; q = place_[i_]
		for (j = i_ - 1; j >= 1 && place_[j] > q; j--) { part[j + 1] = part[j]; place_[j + 1] = place_[j] }
		part[j + 1] = p; place_[j + 1] = q
	}
}
