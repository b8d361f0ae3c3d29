# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads remedies.tsv, then what the C++ compiler wrote of a source. Writes "<kind> <name> <file>:<line>":
#
#	name    nothing declares it
#	behind  an error that follows from another of its line: "unknown &name", UNKNOWN_MACRO(name); or the eleventh
#	whole   a struct is declared, and its members are not known
#
# -v bindings=<not empty: the source includes kernel headers>   without them, what remedies.tsv recommends for a name
# of C is the library's

BEGIN { FS = "\t" }

FILENAME == ARGV[1] {
	if ($1 == "name") pattern[++patterns] = "^(" $2 ")$"
	next
}

/ error: / {
	split($0, place, ":")
	at = place[1] ":" place[2]
	of_incomplete = ""
	if (/incomplete type/) {
		name = incomplete_type()
		if (name != "") report("whole", name, at)
		else of_incomplete = at
	} else {
		report("name", unknown_name(), at)
		if (/forbids declaration|expected constructor|type specifier/) at_file_scope = at
	}
	next
}

of_incomplete != "" && match($0, /forward declaration of '[^']*'/) {
	name = substr($0, RSTART, RLENGTH - 1)
	sub(/.*[' ]/, "", name)
	report("whole", name, of_incomplete)
	of_incomplete = ""
}

function report(kind, name, at,    i) {
	if (name == "") return
	if (name in seen) return
	if (follows(name, at)) kind = "behind"
	else {
		seen[name] = 1
		note_declared(name)
	}
	if (bindings == "") for (i = 1; i <= patterns; i++) if (name ~ pattern[i]) return
	if (kind != "behind" && ++count > 10) kind = "behind"
	print kind, name, at
}

# Whether an unknown type or macro stands before the name
function follows(name, at,    s) {
	if (at == at_file_scope || (name in declared)) return 1
	s = line_of_source()
	if (!match(s, "[A-Za-z_][A-Za-z_0-9]*[ \t]*[ \t*&][ \t*&]*" name "([^A-Za-z_0-9]|$)")) return 0
	s = substr(s, RSTART)
	match(s, /^[A-Za-z_0-9]*/)
	return substr(s, 1, RLENGTH) in seen
}

# Notes the variable or member of the unknown type, whose declaration the compiler dropped: "Timer<&Pump::tick> timer{"
function note_declared(type,    s) {
	s = line_of_source()
	if (!match(s, "(^|[^A-Za-z_0-9])" type "[ \t]*(<[^;={(]*>)?[ \t*&]*[A-Za-z_][A-Za-z_0-9]*[ \t]*([;={]|$)")) return
	s = substr(s, RSTART, RLENGTH)
	sub(/[ \t]*[;={]?$/, "", s)
	match(s, /[A-Za-z_][A-Za-z_0-9]*$/)
	declared[substr(s, RSTART)]
}

function incomplete_type(    name) {
	if (!match($0, /incomplete type '(struct |union )?([^']*::)?[A-Za-z_0-9]+'/) && !match($0, /(aggregate|variable) '(struct |union )?[A-Za-z_0-9]+ /)) return ""
	name = substr($0, RSTART, RLENGTH - 1)
	sub(/^.*'(struct |union )?/, "", name)
	sub(/^.*::/, "", name)
	return name
}

function unknown_name(    name) {
	if (/ in namespace '[^']*' does not name/) return ""
	if (match($0, /'[A-Za-z_0-9:]+' (was not declared|does not name a type|has not been declared)/) ||
	    match($0, /(use of undeclared identifier|unknown type name|no type named|no template named|no member named) '[A-Za-z_0-9]+'/) ||
	    match($0, /ISO C\+\+ forbids declaration of '[A-Za-z_0-9]+' with no type/)) {
		if (/no (type|member) named/ && !/global namespace/) return ""
		if (/no template named '[^']*' in /) return ""
		name = substr($0, RSTART, RLENGTH)
		sub(/^[^']*'(::)?/, "", name)
		sub(/'.*/, "", name)
		return name ~ /:/ ? "" : name
	}
	# At file scope, a macro that is unknown is taken for a function without a type: GCC names the place behind it.
	name = ""
	if (/expected (constructor, destructor, or type conversion|unqualified-id) before '\('/) name = word_before(place[3])
	if (/type specifier (is required for|for) all declarations/) name = word_at(place[3])
	# "int UNKNOWN name": a declarator is expected to end behind the unknown one.
	if (match($0, /expected initializer before '[A-Za-z_0-9]+'/)) name = word_before(index(line_of_source(), substr($0, RSTART + 29, RLENGTH - 30)))
	if (/expected ';' after top level declarator/) name = word_before(place[3])
	return name
}

function line_of_source(    text, i) {
	for (i = 0; i < place[2] && (getline text < place[1]) > 0; i++) ;
	close(place[1])
	return text
}

function word_before(column,    s) {
	s = substr(line_of_source(), 1, column - 1)
	sub(/[ \t]+$/, "", s)
	return match(s, /[A-Za-z_][A-Za-z_0-9]*$/) ? substr(s, RSTART) : ""
}

function word_at(column,    s) {
	s = substr(line_of_source(), column)
	return match(s, /^[A-Za-z_][A-Za-z_0-9]*/) ? substr(s, 1, RLENGTH) : ""
}
