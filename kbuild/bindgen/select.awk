# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Chooses the declarations that a source needs, of those of declarations.awk. Arguments: the names (of
# used-names.awk), the macros, the declarations. Writes the chosen declarations to the standard output,
# as they came, but those of which C++ needs none with the kind C; and to
#
#   -v macros=<file>  the chosen macros:  <name> TAB <place> TAB <definition>
#   -v tags=<file>    tags that are mentioned, for those that remain incomplete: "struct foo"
#
# -v provided_by=<files, separated by ":">  headers with macros that have a meaning of their own in C++
# -v library=<file>  names of the library's (of library-names.awk): in the source, they mean the library's
# -v clashes=<file>  is written: those of them that C has as well
# -v whole=y          every declaration and macro is chosen, whatever the names are
# -v complete=<file>  "struct:foo" a line: wanted whole, whatever the rules below find
# -v edges=<file>     is written: why each was chosen (shares.awk), for a source without macros
#
# A struct is chosen whole where a value of it is needed, and where somebody may go through a pointer to it:
#
#   the source   names one of its members, and something that the source uses mentions the struct
#   an inline    names one of its members, and mentions the struct, or calls or reads what has that type
#
# Both rules find too much rather than too little.

function words(list, set,    n, w, i) { n = split(list, w, " "); for (i = 1; i <= n; i++) set[w[i]] = 1 }

BEGIN {
	words("auto break case char const continue default do double else enum extern float for goto if inline int long " \
	      "register restrict return short signed sizeof static struct switch typedef union unsigned void volatile while " \
	      "_Bool _Noreturn _Static_assert _Alignof _Alignas __inline __inline__ __extension__ __const __const__ " \
	      "__volatile__ __volatile __signed__ __restrict __restrict__ __attribute__ __asm__ __asm asm typeof __typeof__ " \
	      "__typeof __alignof__ __alignof __auto_type __label__", keyword)
	# There, whatever is chosen
	printf "" > macros
	printf "" > tags
	close(macros)
	close(tags)
	if (edges != "") printf "" > edges
	n = split(provided_by, provider, ":")
	for (i = 1; i <= n; i++) read_provided(provider[i])
	while (library != "" && (getline name < library) > 0) if (sub(/^N /, "", name)) of_library[name] = 1
	for (name in keyword) provided[name] = 1
	for (name in cxx_keyword) provided[name] = 1
	words("auto inline bool true false static_assert alignof alignas typeof asm offsetof const volatile __func__", provided)
	while (complete != "" && (getline name < complete) > 0) wanted_whole[name] = 1
}

# Input
# --------------------------------------------------------------------------

FILENAME == ARGV[1] && $1 == "P" { own_paste[++own_pastes] = substr($0, 3); next }
FILENAME == ARGV[1] {
	source_has($1, $2)
	if (sub(/_$/, "", $2) && ($2 in cxx_keyword)) source_has($1, $2) # C's name of it
	next
}

function source_has(what, name) {
	if (what == "E") return
	if (what == "M") source_member[name] = 1
	else if (what == "V") source_value[name] = 1
	else source_name[name] = 1
}

FILENAME == ARGV[2] {
	i = index($0, "\t")
	macro[substr($0, 1, i - 1)] = substr($0, i + 1)
	order[substr($0, 1, i - 1)] = FNR
	next
}

{
	n = split($0, field, "\t")
	kind[FNR] = field[1]
	text[FNR] = field[5]
	last = FNR
	if (field[1] != "F") {
		if (field[5] ~ /^[ \t]*(__extension__[ \t]+)?typedef/) type[FNR] = 1
		else if (field[5] ~ /^[ \t]*enum/) type[FNR] = 1
		# A tag without its members
		if (!index(field[5], "{")) gsub(/(struct|union|enum):[A-Za-z_0-9]+/, "", field[2])
	}
	if (field[2] == "asm") assembly[FNR] = 1
	else if (is_for_others(field[1], field[5])) for_others[FNR] = 1
	line[FNR] = $0
	n = split(field[2], w, " ")
	for (i = 1; i <= n; i++) {
		if (index(w[i], ":")) {
			if (w[i] in tagged) twin[tagged[w[i]]] = FNR # C refuses that
			else tagged[w[i]] = FNR
		}
		else owners[w[i]] = owners[w[i]] " " FNR
	}
}

END {
	if (whole) choose_all()
	else choose_used()
	if (!whole) choose_for_others()
	if (edges != "") note_pointed_at()
	for (i = 1; i <= last; i++) if (i in chosen) {
		print (i in in_c ? "C" substr(line[i], 2) : line[i])
		if (edges != "") print "@ " i " " ++written > edges
	}
	for (name in mentioned) { sub(/:/, " ", name); print name | ("sort > " tags) }
	for (name in taken) print order[name] "\t" name "\t" macro[name] | ("sort -n | cut -f 2- > " macros)
}

# Whether a header defines something that is used by its section or by other objects, and need not be named: what
# CREATE_TRACE_POINTS makes, and MODULE_DEVICE_TABLE() in a header of the project's
function is_for_others(kind, s) {
	if (kind != "F" && s ~ /[(,][ \t]*(__)?(used(__)?[ \t]*[,)]|alias(__)?[ \t]*\()/) return 1
	if (kind != "F" && s !~ /^[^{]*=/) return 0
	s = " " substr(s, 1, index(s, kind == "F" ? "{" : "="))
	return s !~ /[ \t](static|extern|typedef|inline|__inline|__inline__)[ \t]/
}

# It comes with what it needs, and that is C's alone.
function choose_for_others(    i, named) {
	chooser = "*"
	for (i in chosen) named[i] = 1
	for (i in for_others) choose(i + 0, 0)
	if (queued == done) return
	for (i in assembly) in_c[i] = chosen[i] = 1
	do {
		while (done < queued) follow(queue[++done])
	} while (go_through_pointers())
	for (i in chosen) if (!(i in named) || (i in for_others)) in_c[i] = 1
}

function choose_all(    i, name) {
	for (i = 1; i <= last; i++) {
		if (i in assembly) continue
		chosen[i] = 1
		mention_tags(text[i])
	}
	for (name in macro) {
		if (name in of_library) print name | ("sort -u > " clashes)
		else if (!(name in provided) && !is_of_cxx(name)) taken[name] = 1
	}
	for (name in owners) if ((name in of_library) && !(name in macro)) print name | ("sort -u > " clashes)
}

function mention_tags(s,    w) {
	while (match(s, /(struct|union|enum)[ \t]+[A-Za-z_][A-Za-z_0-9]*/)) {
		split(substr(s, RSTART, RLENGTH), w, /[ \t]+/)
		if (w[2] != "__attribute__" && (RSTART == 1 || substr(s, RSTART - 1, 1) !~ /[A-Za-z_0-9]/)) mentioned[w[1] ":" w[2]] = 1
		s = substr(s, RSTART + RLENGTH)
	}
}

function choose_used(    name, k, parameters) {
	for (name in source_name) name_of_source(name)
	for (name in source_member) if (is_macro_of_member(name)) name_of_source(name)
	for (k = 1; k <= own_pastes; k++) {
		parameters_of(own_paste[k], parameters)
		note_pastes(own_paste[k], parameters, 1)
	}
	for (k = 1; k <= names; k++) source_names(name_at[k])
	if (names_members) for (name in source_name) source_member[name] = 1
	chooser = "*"
	for (name in wanted_whole) if (name in tagged) choose(tagged[name], 1)
	do {
		while (done < queued) follow(queue[++done])
	} while (go_through_pointers())
}

# The source
# --------------------------------------------------------------------------

function name_of_source(name,    k) {
	if (name in name_known) return
	name_known[name] = 1
	name_at[++names] = name
	for (k = 1; k <= pastes; k++) pasted(paste_before[k] name paste_after[k])
}

function source_names(name,    n, w, i) {
	if (name in of_library) {
		if (name in macro || name in owners) print name | ("sort -u > " clashes)
		return
	}
	if (name in macro) { take_macro(name); if (!(name in owners)) return }
	if (!(name in owners)) { tags_of_name(name); return }
	n = split(owners[name], w, " ")
	chooser = "I " name
	for (i = 1; i <= n; i++) choose(w[i] + 0, 1)
	tags_of_name(name)
}

# "#define sk_family __sk_common.skc_family"
function is_macro_of_member(name,    s) {
	if (!(name in macro)) return 0
	s = substr(macro[name], index(macro[name], "\t") + 1 + length(name))
	return s ~ /^[ \t]+[A-Za-z_]/
}

# C++ may name a struct without "struct".
function tags_of_name(name,    k) {
	for (k in tag_kind) if ((k ":" name) in tagged) {
		mention(k ":" name, 1)
		if (k == "enum" || name in source_value) choose(tagged[k ":" name], 1)
	}
}

BEGIN { words("struct union enum", tag_kind) }

# The macros of cxx-only.hpp, and what they are made of
function read_provided(file,    text_, more, name) {
	while ((getline text_ < file) > 0) {
		while (text_ ~ /\\$/ && (getline more < file) > 0) text_ = substr(text_, 1, length(text_) - 1) " " more
		if (text_ !~ /^#define /) continue
		match(text_, /^#define [A-Za-z_0-9]+/)
		name = substr(text_, 9, RLENGTH - 8)
		provided[name] = 1
		provided_text[name] = substr(text_, 9)
	}
	close(file)
}

# The kernel's options, which C++ reads from the same file, and the compiler's own names
function is_of_cxx(name) { return name ~ /^__builtin_/ || (name ~ /^CONFIG_/ && macro[name] ~ /^[^\t]*\/autoconf\.h:/) }

# A macro is copied, with those that it names; all that they name is named by the source.
function take_macro(name,    s, n, w, i, before, parameters) {
	if (name in taken || is_of_cxx(name)) return
	if (name in provided) {
		if (!(name in provided_text)) return
		s = provided_text[name]
		delete provided_text[name]
	} else {
		taken[name] = 1
		s = substr(macro[name], index(macro[name], "\t") + 1)
	}
	parameters_of(s, parameters)
	note_pastes(substr(s, length(name) + 1), parameters)
	if (index(s, "\"")) gsub(/"([^"\\]|\\.)*"/, " ", s)
	gsub(/->/, " @ ", s)
	gsub(/\.\.\./, " ", s)
	gsub(/\.[ \t]*[^A-Za-z_ \t]/, " ", s)
	gsub(/\./, " @ ", s)
	gsub(/\*/, " * ", s)
	gsub(/[^A-Za-z0-9_@*]+/, " ", s)
	n = split(s, w, " ")
	before = ""
	for (i = 1; i <= n; i++) {
		if (w[i] ~ /^[A-Za-z_]/ && w[i] != name && !(w[i] in keyword)) {
			if (before == "@") {
				source_member[w[i]] = 1
				if (is_macro_of_member(w[i])) name_of_source(w[i])
				if (w[i] in parameters) names_members = 1 # any name of the source may be a member
			} else {
				if (w[i + 1] != "*" && before in tag_kind && !(w[i] in source_value)) {
					source_value[w[i]] = 1
					tags_of_name(w[i])
				}
				name_of_source(w[i])
			}
		}
		before = w[i]
	}
}

# Declarations
# --------------------------------------------------------------------------

function choose(i, of_source,    chooser_of_twin) {
	if (edges != "") note_edge(i)
	if (of_source && !(i in of_sources)) {
		of_sources[i] = 1
		if (i in chosen) queue[++queued] = i # once more, for what it mentions
	}
	if (i in chosen) return
	chosen[i] = 1
	if (i in twin) {
		chooser_of_twin = chooser
		chooser = i
		choose(twin[i], of_source)
		chooser = chooser_of_twin
	}
	queue[++queued] = i
}

# Where a struct is whole, whoever points at it may go through the pointer, or do arithmetic with it.
function note_pointed_at(    i, n, w, k) {
	for (i in pointed_at) {
		chooser = i
		n = split(pointed_at[i], w, " ")
		for (k = 1; k <= n; k++) if (w[k] in chosen) note_edge(w[k])
	}
	for (i in source_name) {
		chooser = "I " i
		for (k in tag_kind) if ((k ":" i) in tagged && (tagged[k ":" i] in chosen)) note_edge(tagged[k ":" i])
	}
}

# The names of a source, "I <name>", choose declarations, these choose others, and "*" what all need.
function note_edge(i) {
	if ((chooser, i) in edge) return
	edge[chooser, i] = 1
	print (chooser ~ /^[0-9]/ ? "D " chooser : chooser) " " i > edges
}

function choose_name(name, only_types,    n, w, i) {
	n = split(owners[name], w, " ")
	for (i = 1; i <= n; i++) if (!only_types || (w[i] in type)) choose(w[i] + 0, 0)
}

function mention(tag, of_source) {
	mentioned[tag] = 1
	if (of_source) by_source[tag] = 1
}

# follow(i): chooses what declaration i needs to be one
function follow(i,    s, n, w, k, before, tag, next_, only_types, of_source, body) {
	chooser = i
	s = text[i]
	if (index(s, "\"")) gsub(/"([^"\\]|\\.)*"/, " ", s)
	gsub(/->/, " @ ", s)
	gsub(/\.\.\./, " ", s)
	gsub(/[.*(){};]/, " & ", s)
	gsub(/[^A-Za-z0-9_.*(){};@]+/, " ", s)
	n = split(s, w, " ")
	of_source = i in of_sources
	only_types = kind[i] != "F" && s !~ /typeof/ && text[i] !~ /=/
	body = 0
	before = ""
	for (k = 1; k <= n; k++) {
		if (w[k] == "{" && kind[i] == "F") body = 1
		if (w[k] !~ /^[A-Za-z_]/) { before = w[k]; continue }
		if (before == "." || before == "@") {
			member_of[i] = member_of[i] " " w[k]
		} else if (w[k] in tag_kind) {
			next_ = k + 1
			while (w[next_] == "__attribute__") next_ = after_parentheses(w, next_ + 1, n)
			if (w[next_] ~ /^[A-Za-z_]/) {
				tag = w[k] ":" w[next_]
				mention(tag, of_source && !body)
				if (kind[i] == "F") mentions[i] = mentions[i] " " tag
				if (!(tag in tagged)) ;
				else if (is_value(w, next_ + 1, n)) choose(tagged[tag], of_source && !body)
				else if (w[k] == "enum") choose(tagged[tag], 0)
				k = next_
			}
		} else if (!(w[k] in keyword) && (w[k] in owners)) {
			choose_name(w[k], only_types)
			if (kind[i] == "F") names_in[i] = names_in[i] " " w[k]
			if (of_source && !body) types_of_source(w[k])
		}
		before = w[k]
	}
	if (kind[i] == "F") go_through(i)
}

# A typedef that something of the source's names
function types_of_source(name,    n, w, i) {
	n = split(owners[name], w, " ")
	for (i = 1; i <= n; i++) if (w[i] in type) choose(w[i] + 0, 1)
}

function after_parentheses(w, k, n,    d) {
	if (w[k] != "(") return k
	for (d = 0; k <= n; k++) {
		if (w[k] == "(") d++
		else if (w[k] == ")" && --d == 0) return k + 1
	}
	return k
}

# Whether what follows a tag makes it a value, and not what a pointer points at
function is_value(w, k, n) {
	while (k <= n) {
		if (w[k] == "__attribute__") k = after_parentheses(w, k + 1, n)
		else if (w[k] ~ /^(const|volatile|__const|__volatile__|__seg_gs|__seg_fs)$/) k++
		else break
	}
	return w[k] != "*" && w[k] != ";"
}
