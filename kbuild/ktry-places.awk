# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: awk -v own=<directory of kcxx's headers>/ [-v depfile=<dependencies>] [-v headers_of_c=<list>] \
#            -f ktry-places.awk <source>
#        awk -v own=… -v preprocessed=y -f ktry-places.awk <source, preprocessed>
#
# Prints where KTRY() would leave objects behind, a line each: <file>:<line>, a tab, what was found.
# KTRY() returns from the middle of an expression. Arguments of calls and temporaries are destroyed
# then. GCC does not destroy elements of an aggregate and captures of a lambda that are made already.
#
# No compiler reports where an expression stands, so this program reads tokens: brackets, and whether a
# brace begins a block or an initialiser. It is fast on the source as it is, but finds too much there,
# because macros and conditions are unknown. If it prints a line, its caller runs it again on the
# preprocessed source. There KTRY() is its expansion, a statement expression that returns.

BEGIN {
	keywords = " return co_return co_yield co_await throw else case new delete operator goto typename and or not " \
		"do try if while for switch catch constexpr const static inline constinit consteval auto volatile extern explicit "
	if (preprocessed) {
		read_preprocessed(ARGV[1])
		walk("", 1, count, "scope")
		exit
	}
	files = 1
	file_name[1] = ARGV[1]
	read_dependencies()
	for (f = 1; f <= files; f++)
		mentioned += read_file(f)
	if (!mentioned)
		exit
	for (f = 1; f <= files; f++)
		tokenise_file(f)
	find_macros()
	for (f = 1; f <= files; f++)
		walk(file_name[f], first_token[f], last_token[f], "scope")
	for (m = 1; m <= macros; m++)
		if (macro_name[m] in trigger)
			walk(file_name[macro_home[m]], macro_first[m], macro_last[m], "function")
	exit
}

# --- The files ---------------------------------------------------------------

# Finds the module's own headers in the dependencies, in make's syntax, that a compiler or fixdep wrote. Leaves out
# those that bindings were made from, because only C reads them, and those of the C++ library.
function read_dependencies(    line, words, n, i) {
	while (headers_of_c != "" && (getline line < headers_of_c) > 0)
		known[line]
	while (depfile != "" && (getline line < depfile) > 0) {
		n = split(line, words, /[ \t]+/)
		for (i = 1; i <= n; i++)
			if (words[i] ~ /\.[A-Za-z+]+$/ && words[i] !~ /[$:(]|\.o$|\/c\+\+\/v?[0-9]|(^|\/)(kconfig|autoconf)\.h$|(^|\/)\.kcxx\/include\/generated\/(kcxx-)?bindings/ &&
			    index(words[i], own) != 1 && words[i] != ARGV[1] && !(words[i] in known)) {
				known[words[i]]
				file_name[++files] = words[i]
			}
	}
	if (depfile != "")
		close(depfile)
}

# Returns 1 if the file contains a KTRY or a statement expression
function read_file(f,    line, n, found) {
	n = 0
	while ((getline line < file_name[f]) > 0) {
		text[f, ++n] = line
		if (!found && (index(line, "KTRY") || index(line, "({")))
			found = 1
	}
	close(file_name[f])
	lines[f] = n
	return found
}

# --- Tokens ------------------------------------------------------------------

function token(what, place) {
	if (what == "__extension__") # before a statement expression, against -Wpedantic
		return
	type[++count] = what
	line_of[count] = place
}

# Adds the tokens of a line. state: a comment or a raw string that continues on the next line.
function tokenise(s, place,    c, delimiter) {
	while (s != "") {
		if (state == "comment") {
			if (!match(s, /\*\//))
				return
			s = substr(s, RSTART + 2)
			state = ""
			continue
		}
		if (state != "") { # )delimiter"
			c = index(s, state)
			if (!c)
				return
			s = substr(s, c + length(state))
			state = ""
			token("\"", place)
			continue
		}
		if (match(s, /^[ \t\r\f\v]+/)) {
			s = substr(s, RLENGTH + 1)
			continue
		}
		if (match(s, /^[A-Za-z_$][A-Za-z0-9_$]*/)) {
			c = substr(s, 1, RLENGTH)
			s = substr(s, RLENGTH + 1)
			if (c ~ /^(u8|u|U|L)?R$/ && match(s, /^"[^ ()\\\t]*\(/)) {
				state = ")" substr(s, 2, RLENGTH - 2) "\""
				s = substr(s, RLENGTH + 1)
			} else if (c !~ /^(u8|u|U|L)$/ || s !~ /^["']/) {
				token(c, place)
			}
			continue
		}
		if (match(s, /^\.?[0-9]('?[A-Za-z0-9_.])*/) || match(s, /^'([^'\\]|\\.)*('|\\?$)/)) {
			token(substr(s, 1, RLENGTH), place)
		} else if (match(s, /^"([^"\\]|\\.)*("|\\?$)/)) {
			token("\"", place)
		} else if (s ~ /^\/\//) {
			return
		} else if (s ~ /^\/\*/) {
			state = "comment"
			RLENGTH = 2
		} else if (match(s, /^(\.\.\.|::|->|<=>|==|!=|<=|>=|&&|[|][|]|[+][+]|--|[-+*\/%^|&]=|##)/)) {
			token(substr(s, 1, RLENGTH), place)
		} else {
			RLENGTH = 1
			c = substr(s, 1, 1)
			if (c != "\\")
				token(c, place)
		}
		s = substr(s, RLENGTH + 1)
	}
}

function tokenise_file(f,    i, line, dropped) {
	first_token[f] = count + 1
	state = ""
	for (i = 1; i <= lines[f]; i++) {
		line = text[f, i]
		if (state != "" || line !~ /^[ \t]*#/) {
			if (!dropped)
				tokenise(line, i)
			continue
		}
		place = i
		while (line ~ /\\[ \t\r]*$/ && i < lines[f]) {
			sub(/\\[ \t\r]*$/, " ", line)
			line = line text[f, ++i]
		}
		sub(/^[ \t]*#[ \t]*/, "", line)
		if (line ~ /^if/) {
			if (dropped || line ~ /^if[ \t]+0[ \t]*(\/.*)?$/)
				dropped++
			else
				token("#if", place)
		} else if (line ~ /^el/) {
			if (dropped == 1)
				token("#if", place)
			else if (!dropped)
				token("#else", place)
			if (dropped == 1)
				dropped = 0
		} else if (line ~ /^endif/) {
			if (dropped)
				dropped--
			else
				token("#endif", place)
		} else if (!dropped && match(line, /^define[ \t]+[A-Za-z_][A-Za-z0-9_]*/)) {
			macros++
			macro_place[macros] = place
			macro_home[macros] = f
			macro_text[macros] = substr(line, 7)
		}
	}
	last_token[f] = count
}

# Finds the macros that may expand to KTRY()
function find_macros(    m, i, changed) {
	for (m = 1; m <= macros; m++) {
		match(macro_text[m], /[A-Za-z_][A-Za-z0-9_]*/)
		macro_name[m] = substr(macro_text[m], RSTART, RLENGTH)
		is_macro[macro_name[m]]
		sub(/^[^A-Za-z_]*[A-Za-z_][A-Za-z0-9_]*(\([^)]*\))?/, "", macro_text[m])
		state = ""
		macro_first[m] = count + 1
		tokenise(macro_text[m], macro_place[m])
		macro_last[m] = count
	}
	trigger["KTRY"]
	do {
		changed = 0
		for (m = 1; m <= macros; m++)
			for (i = macro_first[m]; i <= macro_last[m] && !(macro_name[m] in trigger); i++)
				if ((type[i] in trigger) || (type[i] == "{" && type[i - 1] == "(")) {
					trigger[macro_name[m]]
					changed = 1
				}
	} while (changed)
}

function read_preprocessed(path,    line, file, number, skip, marker) {
	state = ""
	while ((getline line < path) > 0) {
		if (state == "" && line ~ /^# [0-9]+ "/) {
			marker = line
			sub(/^# /, "", marker)
			number = marker + 0
			file = marker
			sub(/^[0-9]+ "/, "", file)
			sub(/".*/, "", file)
			sub(/^[^"]*"[^"]*"/, "", marker)
			skip = index(file, own) == 1 || file ~ /^</ || marker ~ / 3/ || file ~ /\/kconfig\.h$/
			continue
		}
		if (!skip && (state != "" || line !~ /^[ \t]*#/))
			tokenise(line, file ":" number)
		number++
	}
	close(path)
}

# --- Brackets ----------------------------------------------------------------

# Kinds of frames on the stack:
#	function	a body: of a function, a lambda, or a statement in it
#	scope		a class or a namespace
#	statement	({ … }), an expression made of statements
#	list		elements that objects are made of: { … }, Type(…), captures
#	call		arguments, and any other parentheses
#	subscript	[ … ]

function push(what, i) {
	kind[++depth] = what
	made[depth] = ""
	in_place[depth] = returns[depth] = lambda[depth] = pending[depth] = 0
	captures[depth] = 0
	element[depth] = i + 1
	begin_statement(i + 1)
}

function begin_statement(i) {
	start[depth] = i
	element[depth] = i
	key[depth] = assigned[depth] = parenthesised[depth] = colon[depth] = pending[depth] = 0
}

function is_word(i) {
	return type[i] ~ /^[A-Za-z_$]/
}

function is_keyword(word) {
	return index(keywords, " " word " ") > 0
}

# Returns 1 if the name looks like that of a class
function is_class(name) {
	return (name in class_name) || (name in is_macro) || (name ~ /^[A-Z]/ && (preprocessed || name ~ /[a-z]|^.$/))
}

# Returns the end of the template arguments that begin at i; i itself if these are no template arguments
function arguments_end(i, last,    nesting, j) {
	for (j = i; j <= last; j++) {
		if (type[j] == "<") {
			nesting++
		} else if (type[j] == ">") {
			if (--nesting == 0)
				return j + 1 > last || is_word(j + 1) || type[j + 1] ~ /^([({:,)>;&*]|::|\.\.\.|&&)$/ ? j : i
		} else if (type[j] == "(") {
			j = bracket_end(j, last)
		} else if (!is_word(j) && type[j] !~ /^(::|,|\*|&|&&|\.\.\.|-|[+]|\[|\]|['0-9].*)$/ &&
			   !(type[j] == "=" && type[i - 1] == "template")) { # parameters have defaults
			return i
		}
	}
	return i
}

function bracket_end(i, last,    nesting) {
	for (; i <= last; i++) {
		if (type[i] ~ /^[([{]$/)
			nesting++
		else if (type[i] ~ /^[])}]$/ && --nesting == 0)
			return i
	}
	return last
}

# Returns 1 if the brace at i begins the statements of a statement expression
function is_statement_expression(i, last,    nesting) {
	if (type[i - 1] != "(")
		return 0
	for (; i <= last; i++) {
		if (type[i] ~ /^[([{]$/)
			nesting++
		else if (type[i] ~ /^[])}]$/ && --nesting == 0)
			return 0
		else if (type[i] == ";" && nesting == 1)
			return 1
	}
	return 0
}

# Returns the kind of frame that the brace at i begins; before is the token before it, or "template" behind template
# arguments
function brace_kind(i, last, before,    above) {
	above = kind[depth]
	if (is_statement_expression(i, last))
		return "statement"
	if (pending[depth])
		return "function"
	if (above == "list" || above == "call" || above == "subscript")
		return "list"
	if (key[depth] && !assigned[depth] && !parenthesised[depth] && !is_elaborated(i))
		return "scope"
	if (above == "scope") {
		if (before == "\"")
			return "scope" # extern "C"
		if (assigned[depth] || !parenthesised[depth])
			return "list"
		return colon[depth] && before != ")" && before != "}" ? "list" : "function"
	}
	if (i == start[depth] || before ~ /^([;{}:]|else|do|try)$/)
		return "function"
	if (before == ")")
		return opener[depth] ~ /^([])]|[A-Za-z_$].*)$/ && opener[depth] !~ /^(return|decltype|typeof|__typeof__)$/ ? \
			"function" : "list"
	return "list"
}

# struct Pump pump{…}; within a function
function is_elaborated(i) {
	return kind[depth] != "scope" && is_word(i - 1) && is_word(i - 2) && type[i - 1] != "final" &&
		type[i - 2] !~ /^(struct|class|union|enum|namespace)$/ && type[i - 2] ~ /[a-z]|^.$/
}

# Returns 1 if the parenthesis at i begins an initialiser of an object that may be of a class; name stands before it
function is_initialiser(i, name, at) {
	if (name == "" || is_keyword(name) || type[at] != name)
		return 0
	if (type[at - 1] ~ /^(\.|->)$/ || (type[at - 1] == "::" && is_class(type[at - 2]) && !(name in class_name)))
		return 0
	if (is_class(name) || type[at - 1] == "new")
		return 1
	# Pump pump(…)
	return kind[depth] ~ /^(function|statement)$/ && at > start[depth] &&
		((is_word(at - 1) && !is_keyword(type[at - 1])) || type[at - 1] ~ /^(auto|>)$/) && !assigned[depth] &&
		!parenthesised[depth]
}

# --- Elements ----------------------------------------------------------------

# Returns 1 if the tokens look as if they make an object that may have a destructor
function makes_object(from, to,    i, path) {
	if (captures[depth]) {
		if (type[from] == "&" || (type[from] == "this" && from == to))
			return 0
		for (i = from; i <= to; i++)
			if (type[i] == "=" && i < to)
				return makes_other(i + 1, to)
		return from <= to
	}
	if (type[from] == "." && is_word(from + 1))
		for (i = from; i <= to; i++)
			if (type[i] ~ /^[={]$/)
				return makes_other(type[i] == "=" ? i + 1 : i, to)
	if (type[from] == "&") {
		path = 1
		for (i = from + 1; i <= to; i++)
			if (!is_word(i) && type[i] !~ /^(::|\.|->|\[|\]|[0-9].*)$/)
				path = 0
		if (path)
			return 0
	}
	return makes_other(from, to)
}

function makes_other(from, to,    i) {
	for (i = from; i <= to; i++) {
		if (type[i] ~ /^(sizeof|alignof)$/ && type[i + 1] == "(") {
			i = bracket_end(i + 1, to)
		} else if (is_word(i)) {
			if (type[i + 1] == "::" && i < to)
				continue
			if (type[i] ~ /^(true|false|nullptr|unexpect)$/ || type[i] ~ /^in_place/)
				continue
			if (type[i] ~ /^[A-Z][A-Z0-9_]*$/ && type[i + 1] != "(" && !(type[i] in trigger))
				continue
			if (type[i - 1] == "\"" && type[i] == "sv")
				continue
			return 1
		} else if (type[i] ~ /^[{}]$/) {
			return 1
		}
	}
	return 0
}

function words_of(from, to,    i, words, begin, end) {
	for (i = from; i <= to && length(words) < 40; i++) {
		if (is_try(i)) { # KTRY(…), expanded
			begin = expression_of(i, to)
			end = bracket_end(begin, to)
			words = words "KTRY" words_of(begin, end)
			i = bracket_end(i, to)
			continue
		}
		words = words (words != "" && is_word(i) && (is_word(i - 1) || type[i - 1] == ",") ? " " : "") \
			(type[i] == "\"" ? "\"…\"" : type[i])
	}
	return i <= to ? words "…" : words
}

function is_try(i) {
	return type[i] == "(" && type[i + 1] == "{" && type[i + 3] == "kcxx_result"
}

# Returns the place of the expression that the KTRY() here was given: behind the = of the variable, which has attributes
function expression_of(i, to) {
	i += 4
	while (i < to && type[i] != "=")
		i++
	return i + 1
}

# Ends the element of a frame, at a comma or at the end of the frame
function end_element(to) {
	if (kind[depth] == "list" && to >= element[depth]) {
		if (type[element[depth]] != "." && has_in_place(element[depth], to) && made[depth] == "")
			in_place[depth] = 1
		else if (made[depth] == "" && makes_object(element[depth], to))
			made[depth] = words_of(element[depth], to)
	}
}

function has_in_place(from, to) {
	return type[to] == "in_place" && (from == to || (type[to - 1] == "::" && type[to - 2] == "std" && from >= to - 3))
}

# Returns a description of the objects that a return from here would leave behind; empty if none
function left_behind(    d) {
	for (d = depth; d > 0; d--) {
		if (kind[d] == "scope" || lambda[d])
			return ""
		if (kind[d] != "list" || in_place[d])
			continue
		if (made[d] != "")
			return (captures[d] ? "in captures, behind " : "in an initialiser, behind ") made[d]
		if (type[element[d]] == ".")
			return "in the initialiser of ." type[element[d] + 1] ", behind the members before it"
	}
	return ""
}

function report(file, i, what,    place) {
	place = preprocessed ? line_of[i] : file ":" line_of[i]
	if (what != "" && !(place in reported)) {
		reported[place]
		print place "\t" (preprocessed && type[i + 2] != "kcxx_result" ? "return " : "KTRY() ") what
	}
}

# --- The walk ----------------------------------------------------------------

function note_classes(from, last,    i) {
	for (i = from; i < last; i++)
		if (type[i] ~ /^(struct|class|union|typename)$/ && is_word(i + 1))
			class_name[type[i + 1]]
		else if (type[i] == "using" && type[i + 2] == "=" && is_word(i + 1))
			class_name[type[i + 1]]
}

function save(    d) {
	saved_depth[++branches] = depth
	for (d = 1; d <= depth; d++)
		saved[branches, d] = kind[d] SUBSEP made[d] SUBSEP in_place[d] SUBSEP captures[d] SUBSEP element[d] SUBSEP \
			start[d] SUBSEP key[d] SUBSEP assigned[d] SUBSEP parenthesised[d] SUBSEP colon[d] SUBSEP pending[d] SUBSEP \
			lambda[d]
}

function restore(    d, part) {
	depth = saved_depth[branches]
	for (d = 1; d <= depth; d++) {
		split(saved[branches, d], part, SUBSEP)
		kind[d] = part[1]
		made[d] = part[2]
		in_place[d] = part[3] + 0
		captures[d] = part[4] + 0
		element[d] = part[5] + 0
		start[d] = part[6] + 0
		key[d] = part[7] + 0
		assigned[d] = part[8] + 0
		parenthesised[d] = part[9] + 0
		colon[d] = part[10] + 0
		pending[d] = part[11] + 0
		lambda[d] = part[12] + 0
	}
}

function close_frame(i,    what) {
	end_element(i - 1)
	if (depth > 1)
		depth--
	if (kind[depth + 1] == "statement" && returns[depth + 1]) {
		report(name_here, opened[depth + 1], left_behind())
	}
}

function walk(name, from, last, outermost,    i, t, before, word, at, what, end) {
	note_classes(from, last)
	depth = branches = 0
	name_here = name
	push(outermost, from - 1)
	before = word = ""
	for (i = from; i <= last; i++) {
		t = type[i]
		if (t == "#if") {
			save()
			continue
		} else if (t == "#else") {
			if (branches)
				restore()
			continue
		} else if (t == "#endif") {
			if (branches)
				branches--
			continue
		}
		if (is_word(i)) {
			if (!preprocessed && (t in trigger))
				report(name, i, left_behind())
			else if (t ~ /^(return|goto|co_return)$/) {
				note_return()
			} else if (t ~ /^(struct|class|union|enum|namespace)$/) {
				key[depth] = 1
			} else if (t ~ /^(public|private|protected|default)$/ && type[i + 1] == ":") {
				begin_statement(++i + 1)
				t = ":"
			}
			word = t
			at_word = i
			if (type[i + 1] == "<" && t != "operator") {
				end = arguments_end(i + 1, last)
				if (end > i + 1) {
					i = end
					t = "template"
				}
			}
		} else if (t == "(") {
			what = is_initialiser(i, before == word || before == "template" ? word : "", at_word) ? "list" : "call"
			opener[depth] = before
			push(what, i)
		} else if (t == "[") {
			if (type[i + 1] == "[") {
				i = bracket_end(i, last)
				t = before
			} else if (before ~ /^([])"]|template)$/ || (before ~ /^[A-Za-z_$]/ && before !~ /^(return|co_return|case|else)$/) ||
				   (before ~ /^&&?$/ && type[i - 2] == "auto")) {
				push("subscript", i)
			} else {
				push("list", i)
				captures[depth] = 1
			}
		} else if (t == "{") {
			what = brace_kind(i, last, before)
			if (what == "function" && pending[depth]) {
				pending[depth] = 0
				push(what, i)
				lambda[depth] = 1
			} else {
				push(what, i)
			}
			opened[depth] = i
		} else if (t == ")" || t == "]") {
			close_to(t, i)
			if (t == ")")
				parenthesised[depth] = 1
			if (captures[depth + 1] && t == "]")
				pending[depth] = 1
		} else if (t == "}") {
			close_to(t, i)
			if ((kind[depth + 1] == "function" && !lambda[depth + 1] || kind[depth + 1] == "scope") &&
			    kind[depth] ~ /^(function|scope|statement)$/)
				begin_statement(i + 1)
		} else if (t == ";") {
			if (kind[depth] == "call") # for (…; …; …)
				element[depth] = i + 1
			else
				begin_statement(i + 1)
		} else if (t == ",") {
			end_element(i - 1)
			element[depth] = i + 1
			pending[depth] = 0
		} else if (t == "=") {
			if (before != "operator")
				assigned[depth] = 1
		} else if (t == ":") {
			colon[depth] = 1
		}
		before = t
	}
}

# Closes the nearest frame of that bracket: there are no frames for brackets that macros open or close.
function close_to(bracket, i,    d, wanted) {
	wanted = bracket == ")" ? " list call " : bracket == "]" ? " list subscript " : " list function scope statement "
	for (d = depth; d > 1 && index(wanted, " " kind[d] " ") == 0; d--)
		;
	if (d <= 1)
		return
	while (depth > d)
		close_frame(i)
	close_frame(i)
}

# Notes a return in a statement expression, unless it is in a function within
function note_return(    d) {
	for (d = depth; d > 0 && kind[d] != "scope"; d--) {
		if (kind[d] == "statement") {
			returns[d] = 1
			return
		}
		if (lambda[d])
			return
	}
}
