# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads chosen declarations. Writes a C function kcxx_c_<function> for each of -v called="<function> …" that
# calls it, to follow the declarations themselves.

BEGIN {
	FS = "\t"
	n = split(called, w, " ")
	for (i = 1; i <= n; i++) is_called[w[i]] = 1
}

$1 != "F" || !($2 in is_called) { next }
{
	head = substr($5, 1, index($5, "{") - 1)
	open = parameters_at(head, $2)
	list = substr(head, open + 1)
	arguments = variables(list)
	print "extern __typeof__(" $2 ") kcxx_c_" $2 ";"
	print wrapper_head(head, $2)
	print "{\n\treturn " $2 "(" arguments ");\n}"
}

# Where the parameters of the function begin
function parameters_at(s, name,    at, rest) {
	at = 0
	rest = s
	while (match(rest, /[A-Za-z_0-9]+/)) {
		if (substr(rest, RSTART, RLENGTH) == name && substr(rest, RSTART + RLENGTH) ~ /^[ \t]*\(/) {
			at += RSTART + RLENGTH - 1
			return at + index(substr(rest, RSTART + RLENGTH), "(")
		}
		at += RSTART + RLENGTH - 1
		rest = substr(rest, RSTART + RLENGTH)
	}
	return 0
}

function wrapper_head(head, name,    s) {
	s = head
	gsub(/__attribute__[ \t]*\(\([^()]*(\([^()]*(\([^()]*\)[^()]*)*\)[^()]*)*\)\)/, " ", s)
	s = " " without_storage(s)
	match(s, "(^|[^A-Za-z_0-9])" name "[ \t]*\\(")
	return substr(s, 1, RSTART) "kcxx_c_" substr(s, RSTART + (substr(s, RSTART, 1) ~ /[A-Za-z_]/ ? 0 : 1))
}

# The names of parameters, in a list
function variables(list,    d, i, c, one, out) {
	d = 0
	one = out = ""
	for (i = 1; i <= length(list); i++) {
		c = substr(list, i, 1)
		if (c == "(") d++
		else if (c == ")") { if (d == 0) break; d-- }
		if (c == "," && d == 0) { out = out variable(one) ", "; one = "" }
		else one = one c
	}
	return out variable(one)
}

function variable(s) {
	s = without_attribute(s)
	if (s ~ /^[ \t]*(void)?[ \t]*$/) return ""
	if (match(s, /\([ \t]*\*[^()]*/)) { # (*name)(...)
		s = substr(s, RSTART, RLENGTH)
	} else {
		while (match(s, /\[[^][]*\]/)) s = substr(s, 1, RSTART - 1)
	}
	sub(/[ \t]+$/, "", s)
	match(s, /[A-Za-z_0-9]+$/)
	return substr(s, RSTART, RLENGTH)
}
