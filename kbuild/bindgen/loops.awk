# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Macros that are loops: a function for the other awk programs of this folder. C takes a void * for the pointer that
# runs through the loop: idr_for_each_entry(), nla_for_each_attr(). In C++ ::kcxx_c::from_void() converts it.

# with_conversions(s): the definition s of a macro, whose loops convert what they assign to its parameters
function with_conversions(s,    done, at, end, start) {
	if (s !~ /^[A-Za-z_0-9]+\(/ || !match(s, /(for|while)[ \t]*\(/)) return s
	parameters_of(s, parameter)
	done = ""
	while (match(s, /(^|[^A-Za-z_0-9])(for|while)[ \t]*\(/)) {
		start = RSTART
		at = RSTART + RLENGTH - 1
		end = closing_parenthesis(s, at)
		if (!end) break
		done = done substr(s, 1, at) each_assignment(substr(s, at + 1, end - at - 1))
		s = substr(s, end)
	}
	return done s
}

# "pos = head" and "(pos) = head", not "struct foo *pos = head"
function each_assignment(s,    done, n, name, left, value) {
	done = ""
	s = ";" s
	while (match(s, /[(;,{][ \t]*(\([ \t]*[A-Za-z_0-9]+[ \t]*\)|[A-Za-z_0-9]+)[ \t]*=[ \t]*/)) {
		left = substr(s, RSTART, RLENGTH)
		done = done substr(s, 1, RSTART - 1) left
		s = substr(s, RSTART + RLENGTH)
		name = left
		gsub(/[^A-Za-z_0-9]/, "", name)
		n = value_length(s)
		value = substr(s, 1, n)
		if (!(name in parameter) || s ~ /^=/ || value !~ /[A-Za-z_]/ || value ~ /typeof/) continue
		sub(/[ \t]+$/, "", value)
		done = done "::kcxx_c::from_void<__typeof__(" name ")>("
		s = value ")" substr(s, n + 1)
	}
	return substr(done s, 2)
}

# The length of s up to the end of the expression
function value_length(s,    n, at) {
	n = argument_length(s)
	at = index(s, ";")
	return at && at <= n ? at - 1 : n
}
