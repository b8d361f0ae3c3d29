# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Expressions of C in C++: a function for the other awk programs of this folder.

# in_cxx(s): s, with expressions that C++ has not replaced by such that mean the same
function in_cxx(s) {
	if (index(s, "__mptr")) gsub(/void \*__mptr = \(void \*\)/, "char *__mptr = (char *)", s) # container_of()
	if (index(s, "(*(ptr)")) { # of container_of(), which takes a void * as well
		gsub(/same_type\(\*\(ptr\)/, "same_type(::kcxx_c::pointed(ptr)", s)
		gsub(/typeof\(\*\(ptr\)\) \*/, "__typeof__(::kcxx_c::pointed(ptr)) *", s)
	}
	if (s ~ /[A-Za-z_0-9] = \(void \*\)[0-9]/) s = each_number(s)
	if (s ~ /\(\(void \*\) ?0x[0-9a-f]+ \+ /) s = each_address(s)
	if (index(s, "_Generic")) s = each_selection(s)
	if (index(s, "sizeof") && s ~ /sizeof[ \t]*\([ \t]*struct[ \t]*\{/) s = each_assertion(s)
	if (index(s, "=") && s ~ /[{,]?[ \t]*\.[A-Za-z_0-9.]+[ \t]*=/) s = initialised(s)
	if (index(s, "8 ?") && s ~ /sizeof\(int\) == sizeof\(\*\(8 \? /) s = each_constant(s)
	gsub(/\(\(void \*\)0\)/, "nullptr", s) # NULL
	if (index(s, "[static")) gsub(/\[static[ \t]+/, "[", s) # a parameter's least length
	return s
}

# "typeof(*(p)) *", with sparse's words before the last *, where *p may be void: C++ has no void object
function pointer_types(s,    done, start, length_, at, end, inner) {
	done = ""
	while (match(s, /(__typeof__|typeof)[ \t]*\([ \t]*\*/)) {
		start = RSTART
		length_ = RLENGTH
		at = start + index(substr(s, start), "(") - 1
		end = closing_parenthesis(s, at)
		inner = substr(s, start + length_, end - start - length_)
		if (substr(s, end + 1) ~ /^([ \t]|__force|__kernel|__rcu|__user|__iomem|__percpu)*\*/) {
			done = done substr(s, 1, start - 1) "__typeof__(::kcxx_c::decayed(" inner "))"
			s = substr(s, end + 1)
			sub(/^[^*]*\*/, "", s)
		} else {
			done = done substr(s, 1, at)
			s = substr(s, at + 1)
		}
	}
	return done s
}

# A macro's casts to void *: "(void *)(p) - n" counts in bytes, and "= (void *)(unsigned long)(p)" begins a pointer of any
# type. C++ counts with char *, and kcxx_c::any_pointer() becomes any pointer.
function void_casts(s,    done, start, length_, end, rest) {
	done = ""
	while (match(s, /\([ \t]*void[ \t]*\*[ \t]*\)[ \t]*(\(unsigned long\)[ \t]*)?\(/)) {
		start = RSTART
		length_ = RLENGTH
		end = closing_parenthesis(s, start + length_ - 1)
		if (!end) break
		rest = substr(s, end + 1)
		if (rest ~ /^[ \t]*[-+][^-+=>]/) {
			done = done substr(s, 1, start - 1) "(char *)("
			s = substr(s, start + length_)
		} else if (substr(s, 1, start - 1) ~ /[^=!<>]=[ \t]*$/ && substr(s, start, length_) ~ /unsigned long/ && rest ~ /^[ \t]*([,;)}]|$)/) {
			done = done substr(s, 1, start - 1) "::kcxx_c::any_pointer(" substr(s, start + length_, end - start - length_) ")"
			s = rest
		} else {
			done = done substr(s, 1, start + length_ - 1)
			s = substr(s, start + length_)
		}
	}
	return done s
}

# The place of the parenthesis that closes the one at s[from]
function closing_parenthesis(s, from,    d, at, part) {
	d = 0
	at = from
	part = substr(s, from)
	while (match(part, /[()]/)) {
		at += RSTART - 1
		d += substr(part, RSTART, 1) == "(" ? 1 : -1
		if (d == 0) return at
		part = substr(part, RSTART + 1)
		at++
	}
	return 0
}

# The length of s up to the first comma outside of any bracket, or the bracket that ends what s begins in
function argument_length(s,    d, at, part, c) {
	d = 0
	at = 0
	part = s
	while (match(part, /[][(){},]/)) {
		c = substr(part, RSTART, 1)
		at += RSTART
		if (d == 0 && c ~ /[]),}]/) return at - 1
		if (c != ",") d += c ~ /[[({]/ ? 1 : -1
		part = substr(part, RSTART + 1)
	}
	return length(s)
}

# sizeof(struct { int:(-!!(c)); }) and sizeof(struct { _Static_assert(c, ""); }) are 0, or an error
function each_assertion(s,    done, start, length_, at, end, body) {
	done = ""
	while (match(s, /sizeof[ \t]*\([ \t]*struct[ \t]*\{/)) {
		start = RSTART
		length_ = RLENGTH
		at = start + index(substr(s, start), "(") - 1
		end = closing_parenthesis(s, at)
		body = substr(s, start + length_, end - start - length_)
		done = done substr(s, 1, start - 1)
		s = substr(s, end + 1)
		sub(/;[ \t]*\}[ \t]*$/, "", body)
		if (body ~ /^[ \t]*int[ \t]*:/) {
			sub(/^[ \t]*int[ \t]*:/, "", body)
			done = done "(0 * sizeof(char[1 + (2 * (" body "))]))"
		} else if (body ~ /^[ \t]*_Static_assert[ \t]*\(/) {
			sub(/^[ \t]*_Static_assert[ \t]*\(/, "", body)
			done = done "(0 * sizeof(char[(" substr(body, 1, argument_length(body)) ") ? 1 : -1]))"
		} else {
			done = done "sizeof(struct {" body ";})"
		}
	}
	return done s
}

# "done = (void *)1"; a designator is no expression
function each_number(s,    done, name) {
	done = ""
	while (match(s, /\.?[A-Za-z_][A-Za-z_0-9]* = \(void \*\)[0-9]/)) {
		name = substr(s, RSTART, RLENGTH)
		sub(/ =.*/, "", name)
		if (name ~ /^\./) {
			done = done substr(s, 1, RSTART - 1) name " = "
			s = substr(s, RSTART + length(name) + 3)
			if (s ~ /^\(void \*\)0([^x0-9]|$)/) { done = done "nullptr"; s = substr(s, 10) }
			else { done = done substr(s, 1, 8); s = substr(s, 9) }
			continue
		}
		done = done substr(s, 1, RSTART - 1) name " = (__typeof__(" name "))" substr(s, RSTART + RLENGTH - 1, 1)
		s = substr(s, RSTART + RLENGTH)
	}
	return done s
}

# "((void *) 0x122 + x)", LIST_POISON2: in C++, there is no arithmetic on void *
function each_address(s,    done, start, end, body) {
	done = ""
	while (match(s, /\(\(void \*\) ?0x[0-9a-f]+ \+ /)) {
		start = RSTART
		end = closing_parenthesis(s, start)
		if (!end) break
		body = substr(s, start, end - start + 1)
		sub(/^\(\(void \*\) ?/, "((void *)(", body)
		done = done substr(s, 1, start - 1) body ")"
		s = substr(s, end + 1)
	}
	return done s
}

# __is_constexpr(x): in C++ no pointer of a constant 0 is a null pointer
function each_constant(s,    done, start, at, end, body) {
	done = ""
	while (match(s, /\(sizeof\(int\) == sizeof\(\*\(8 \? \(\(void \*\)\(\(long\)\(/)) {
		start = RSTART
		at = start + RLENGTH - 1
		end = closing_parenthesis(s, at)
		body = substr(s, at + 1, end - at - 1)
		done = done substr(s, 1, start - 1) "__builtin_constant_p(" in_cxx(body) ")"
		s = substr(s, closing_parenthesis(s, start) + 1)
	}
	return done s
}

function each_selection(s,    done, start, at, end) {
	done = ""
	while (match(s, /_Generic[ \t]*\(/)) {
		start = RSTART
		at = RSTART + RLENGTH - 1
		end = closing_parenthesis(s, at)
		if (!end) break
		done = done substr(s, 1, start - 1)
		done = done selection(substr(s, at + 1, end - at - 1))
		s = substr(s, end + 1)
	}
	return done s
}

# selection(s): _Generic(s). At file scope as well, where a lambda could have no "[&]", each expression stands once, and
# the selected one alone is evaluated.
function selection(s,    n, value, rest, one, type, types, number, last, out) {
	n = argument_length(s)
	value = in_cxx(substr(s, 1, n))
	s = substr(s, n + 2)
	types = "::kcxx_c::value_type<decltype((" value "))>"
	for (rest = s; rest ~ /[^ \t]/; rest = substr(rest, n + 2)) {
		n = argument_length(rest)
		type = substr(rest, 1, colon(rest) - 1)
		# The type of a scalar without its qualifiers, as compiler_types.h asks for it
		if (rest == s && substr(rest, 1, n) ~ /^[ \t]*char[ \t]*:[ \t]*\(char\)[ \t]*0[ \t]*$/) return "::kcxx_c::unqualified_value((__typeof__(" value ") *)nullptr)"
		if (type !~ /^[ \t]*default[ \t]*$/) types = types ", " type
	}
	types = "::kcxx_c::selected<" types ">()"
	number = 0
	out = last = ""
	for (; s ~ /[^ \t]/; s = substr(s, n + 2)) {
		n = argument_length(s)
		one = substr(s, 1, n)
		type = substr(one, 1, colon(one) - 1)
		one = in_cxx(substr(one, length(type) + 2))
		if (type ~ /^[ \t]*default[ \t]*$/) last = one
		else out = out (number ? ", " : "") selectable(types, number++, one)
	}
	if (last != "") out = out (number ? ", " : "") selectable(types, number, last)
	return "::kcxx_c::select<" types ">(" out ")"
}

function selectable(types, number, s) { return types " == " number " ? ((" s "), ::kcxx_c::Nothing()) : ::kcxx_c::Nothing()" }

function colon(s,    d, at, part, c) {
	d = 0
	at = 0
	part = s
	while (match(part, /[][(){}:]/)) {
		c = substr(part, RSTART, 1)
		at += RSTART
		if (c == ":" && d == 0) return at
		if (c != ":") d += c ~ /[[({]/ ? 1 : -1
		part = substr(part, RSTART + 1)
	}
	return 0
}
