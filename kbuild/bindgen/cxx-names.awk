# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Names in C++: functions for the other awk programs of this folder. A name that C++ reserves gets a "_", and so does
# the tag of a struct of which an unnamed member has one of the same name: -v layout=<file> has them all. So does a name
# that the library has in namespace kernel, if it is an enumerator in the library's bindings, so that "using namespace
# kernel" leaves the library's: -v hidden=<file> (of hidden-enumerators.awk).

BEGIN {
	n_ = split("alignas and and_eq bitand bitor catch char8_t char16_t char32_t class compl concept consteval constexpr " \
		   "constinit const_cast co_await co_return co_yield decltype delete dynamic_cast explicit export friend mutable " \
		   "namespace new noexcept not not_eq nullptr operator or or_eq private protected public reinterpret_cast requires " \
		   "static_cast template this throw try typeid typename using virtual wchar_t xor xor_eq", w_, " ")
	for (k_ = 1; k_ <= n_; k_++) cxx_keyword[w_[k_]] = 1
	while (hidden != "" && (getline line_ < hidden) > 0) if (sub(/^N /, "", line_)) cxx_keyword[line_] = 1
	if (hidden != "") close(hidden)
	while (layout != "" && (getline line_ < layout) > 0) {
		if (line_ ~ /^renamed /) { split(line_, w_, /[ :]/); as_member[w_[3]] = 1; any_as_member = 1 }
	}
	if (layout != "") close(layout)
}

function tag_identifier(name) { return (name in as_member) || (name in cxx_keyword) ? name "_" : name }

function rename_tags(s,    done, n) {
	if (!any_as_member) return s
	done = ""
	while (match(s, /(struct|union)[ \t]+[A-Za-z_0-9]+/)) {
		done = done substr(s, 1, RSTART + RLENGTH - 1)
		n = split(substr(s, RSTART, RLENGTH), w_, /[ \t]+/)
		s = substr(s, RSTART + RLENGTH)
		if (w_[n] in as_member) done = done "_"
	}
	return done s
}

function identifier(name) { return (name in cxx_keyword) ? name "_" : name }

# s with names that C++ reserves: each gets a "_"
function rename(s,    n, w, i, done, literal, whole) {
	n = split(s, w, /[^A-Za-z0-9_]+/)
	for (i = 1; i <= n; i++) if (w[i] in cxx_keyword) break
	s = rename_tags(s)
	if (i > n) return s
	whole = s
	done = ""
	while (match(s, /"([^"\\]|\\.)*"|[A-Za-z_0-9]+/)) {
		literal = substr(s, RSTART, RLENGTH)
		done = done substr(s, 1, RSTART - 1)
		s = substr(s, RSTART + RLENGTH)
		done = done (literal ~ /^"/ ? operands(literal, whole) : identifier(literal))
	}
	return done s
}

# "[new]" in the text of an asm, where an operand has that name
function operands(literal, s,    done, name) {
	if (!index(literal, "[")) return literal
	done = ""
	while (match(literal, /\[[a-z_0-9]+\]/)) {
		name = substr(literal, RSTART + 1, RLENGTH - 2)
		done = done substr(literal, 1, RSTART) ((name in cxx_keyword) && is_operand(s, name) ? identifier(name) : name) "]"
		literal = substr(literal, RSTART + length(name) + 2)
	}
	return done literal
}

function is_operand(s, name,    at, rest) {
	rest = s
	while ((at = index(rest, "[" name "]"))) {
		rest = substr(rest, at + length(name) + 2)
		if (rest ~ /^[ \t]*"[^"]*"[ \t]*\(/) return 1
	}
	return 0
}
