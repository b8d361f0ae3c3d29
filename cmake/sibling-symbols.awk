# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: awk -f sibling-symbols.awk <source>…
#
# Prints "exports <symbol>" and "uses <name>" for the sources of one module, in C or C++. A name that the module defines
# itself is not used: many modules have a parameter called debug. Nor are members, comments, texts, and what is declared
# "extern". The names of local variables and parameters cannot be distinguished from those of other modules.

function take(token,    is_name) {
	is_name = token ~ /^[A-Za-z_]/
	if (is_name && before != "." && before != "->") {
		if (before == "(" && exporting)
			exports[token] = 1
		else
			uses[token] = 1
	}
	if (token != "(" || before !~ /^EXPORT_SYMBOL/)
		exporting = 0
	else
		exporting = 1
	if (!directive)
		follow(token, is_name)
	before = token
}

# Follows declarations outside of functions
function follow(token, is_name) {
	if (token == "{") {
		if (depth == 0 && parens == 0 && !initializer && called == "" && (first == "namespace" || first == "extern")) {
			end_statement()
			return
		}
		if (depth++ == 0 && !initializer && called != "")
			owned[called] = 1
	} else if (token == "}") {
		if (depth > 0)
			depth--
		if (depth == 0 && !initializer && called != "")
			end_statement()
	} else if (depth == 0 && token == "(") {
		if (parens++ == 0 && called == "" && !initializer) {
			called = last
			defining = last ~ /^DEFINE_/
		}
	} else if (depth == 0 && token == ")") {
		if (parens > 0)
			parens--
	} else if (depth == 0 && parens > 0) {
		if (defining && is_name) {
			owned[token] = 1
			defining = 0
		}
	} else if (depth == 0) {
		follow_declarator(token, is_name)
	}
}

function follow_declarator(token, is_name) {
	if (is_name) {
		if (first == "")
			first = token
		last = token
		words++
	} else if (token ~ /^[=;,[]$/) {
		if (words > 1 && first != "extern" && called == "" && !initializer)
			owned[last] = 1
		if (token == "=")
			initializer = 1
		else if (token == ",")
			initializer = 0
		else if (token == ";")
			end_statement()
	}
}

function end_statement() {
	first = last = called = ""
	words = parens = initializer = 0
}

FNR == 1 {
	depth = comment = 0
	end_statement()
}

# In the kernel's style, a brace at the start of a line ends a function, even if each branch of an #if has opened one.
/^}/ && !comment && depth > 1 {
	depth = 1
}

{
	line = $0
	if (!continued)
		directive = line ~ /^[ \t]*#/
	continued = line ~ /\\$/
	if (directive && match(line, /^[ \t]*#[ \t]*define[ \t]+[A-Za-z_][A-Za-z0-9_]*/)) {
		name = substr(line, 1, RLENGTH)
		sub(/.*[ \t]/, "", name)
		owned[name] = 1
	}
	while (line != "") {
		if (comment) {
			if (!(at = index(line, "*/")))
				break
			line = substr(line, at + 2)
			comment = 0
		} else if (match(line, /^[A-Za-z_][A-Za-z0-9_]*/) || match(line, /^->/)) {
			take(substr(line, 1, RLENGTH))
			line = substr(line, RLENGTH + 1)
		} else if (match(line, /^"([^"\\]|\\.)*"/) || match(line, /^'([^'\\]|\\.)*'/) || match(line, /^([ \t]+|[0-9][A-Za-z0-9_.]*)/)) {
			line = substr(line, RLENGTH + 1)
		} else if (substr(line, 1, 2) == "/*") {
			comment = 1
			line = substr(line, 3)
		} else if (substr(line, 1, 2) == "//") {
			break
		} else {
			take(substr(line, 1, 1))
			line = substr(line, 2)
		}
	}
}

END {
	for (name in exports)
		print "exports " name
	for (name in uses)
		if (!(name in owned) && !(name in exports))
			print "uses " name
}
