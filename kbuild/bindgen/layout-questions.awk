# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads chosen declarations. Writes C that asks the compiler for the layout of each struct, as the
# kernel's asm-offsets.c does; in the assembly, lines of
#
#	->size <type> <number>		->align <type> <number>		->offset <type>.<member> <number>
#
# "->renamed <type> 1" if a member of an unnamed member has its name, which C++ refuses,
# and "->member <type>.<member> <number>" for the order of its members, with "struct:foo" for "struct foo". Bit-fields
# have no offset: with -v bits=<file>, each is set in an object kcxx_bits_<number> of its own, in section kcxx_bits, and the
# file has their names, "<number> <type>.<member>".

BEGIN { FS = "\t"; print "void kcxx_layout(void);\nvoid kcxx_layout(void)\n{" }

$1 != "D" || !index($5, "{") { next }
{ structs($5) }

# All structs of a declaration that have a name
function structs(s,    at, end, kind, before, after, name) {
	while ((at = index(s, "{"))) {
		end = closing_brace(s, at)
		before = substr(s, 1, at - 1)
		kind = tag_before(before)
		name = tag_name
		after = substr(s, end + 1)
		if (kind == "struct" || kind == "union") {
			if (name != "") ask(kind " " name, substr(s, at + 1, end - at - 1))
			else if (before ~ /^[ \t]*(__extension__[ \t]+)?typedef[ \t]/ && (name = typedef_name(after)) != "") ask(name, substr(s, at + 1, end - at - 1))
			structs(substr(s, at + 1, end - at - 1))
		}
		s = after
	}
}

# "foo_t" of "typedef struct { ... } foo_t;": no pointer, no array
function typedef_name(s) {
	s = without_attribute(s)
	sub(/^[ \t]+/, "", s)
	return match(s, /^[A-Za-z_][A-Za-z_0-9]*[ \t]*;/) && match(s, /^[A-Za-z_0-9]+/) ? substr(s, 1, RLENGTH) : ""
}

function ask(type, body,    key) {
	key = type
	sub(/ /, ":", key)
	print "asm volatile(\"\\n.ascii \\\"->size " key " %0\\\"\" : : \"i\" (sizeof(" type ")));"
	print "asm volatile(\"\\n.ascii \\\"->align " key " %0\\\"\" : : \"i\" (__alignof__(" type ")));"
	offsets(type, key, body, "", 0)
	ordered = 0
	order(key, body)
}

function offsets(type, key, s, prefix, unnamed,    n, member, at, end, kind, after, names, w, i) {
	while (s ~ /[^ \t]/) {
		n = member_length(s)
		member = substr(s, 1, n)
		s = substr(s, n + 1)
		at = index(member, "{")
		if (at) {
			end = closing_brace(member, at)
			kind = tag_before(substr(member, 1, at - 1))
			after = substr(member, end + 1)
			names = member_names("type " after)
			if (kind != "enum" && names == "") offsets(type, key, substr(member, at + 1, end - at - 1), prefix, 1)
			else if (kind != "enum" && after !~ /[*[]/ && split(names, w, " ") == 1)
				offsets(type, key, substr(member, at + 1, end - at - 1), prefix w[1] ".", 0)
		} else {
			names = member_names(member)
		}
		n = split(names, w, " ")
		for (i = 1; i <= n; i++) if (unnamed && prefix == "" && (key == "struct:" w[i] || key == "union:" w[i] || "!" substr(key, index(key, ":") + 1) == w[i]))
			print "asm volatile(\"\\n.ascii \\\"->renamed " key " 1\\\"\");"
		for (i = 1; i <= n; i++) if (w[i] ~ /^!/) bit_field(type, key, prefix substr(w[i], 2))
		else
			print "asm volatile(\"\\n.ascii \\\"->offset " key "." prefix w[i] " %0\\\"\" : : \"i\" (__builtin_offsetof(" type ", " prefix w[i] ")));"
	}
}

# In the order of the source; members of unnamed structs are their owner's.
function order(key, s,    n, member, at, end, names, w, i) {
	while (s ~ /[^ \t]/) {
		n = member_length(s)
		member = substr(s, 1, n)
		s = substr(s, n + 1)
		at = index(member, "{")
		if (at) {
			end = closing_brace(member, at)
			names = member_names("type " substr(member, end + 1))
			if (names == "" && tag_before(substr(member, 1, at - 1)) != "enum") order(key, substr(member, at + 1, end - at - 1))
		} else {
			names = member_names(member)
		}
		n = split(names, w, " ")
		for (i = 1; i <= n; i++) {
			sub(/^!/, "", w[i])
			print "asm volatile(\"\\n.ascii \\\"->member " key "." w[i] " " ++ordered "\\\"\");"
		}
	}
}

function bit_field(type, key, member) {
	if (bits == "") return
	objects = objects "const " type " kcxx_bits_" ++bit_fields " __attribute__((__section__(\"kcxx_bits\"), __used__)) = { ." member " = -1 };\n"
	print bit_fields " " key "." member > bits
}

END { print "}\n" objects }
