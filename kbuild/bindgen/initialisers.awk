# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Initialisers of C in C++: a function for the other awk programs of this folder, beside cxx-names.awk. C++ wants designators in the order of
# the members, each of one member, and all or none. -v layout=<file> has the order.

BEGIN {
	while (layout != "" && (getline line_ < layout) > 0) {
		if (split(line_, w_, " ") != 3) continue
		if (w_[1] == "member") { member_order[w_[2]] = w_[3]; note_member(w_[2], w_[3]) }
		else if (w_[1] == "offset") placed_at[w_[2]] = w_[3] * 8
		else if (w_[1] == "bit") { placed_at[w_[2]] = w_[3]; shuffled_kernel = 1 }
	}
	if (layout != "") close(layout)
	if (shuffled_kernel) for (line_ in member_order) if (line_ in placed_at) member_order[line_] = placed_at[line_]
}

function note_member(key, place,    dot) {
	for (dot = length(key); substr(key, dot, 1) != "."; dot--) ;
	member_at[substr(key, 1, dot - 1) ":" place] = substr(key, dot + 1)
	with_member[substr(key, dot + 1)] = with_member[substr(key, dot + 1)] " " substr(key, 1, dot - 1)
}

function initialised(s) {
	if (s ~ /\.subdevice = .*, 0, 0/) sub(/, 0, 0/, ", .class_ = 0, .class_mask = 0", s) # <linux/pci.h>: all or none have names
	if (s ~ /\.num = nump,/) sub(/\.num = nump,/, ".num = (unsigned int *)(nump),", s) # <linux/moduleparam.h>: C takes an int for it
	if (s ~ /\.[A-Za-z_0-9]+\.[A-Za-z_0-9.]*[ \t]*=[^=]/) s = each_designator(s)
	if (s ~ /\.[A-Za-z_0-9]+\[0\][ \t]*=[^=]/) s = each_first_element(s)
	if (s ~ /[{,][ \t]*\{[ \t]*\./) s = each_unnamed(s)
	if (s ~ /(struct|union)[ \t]+[A-Za-z_0-9]+[^;{}]*(=|\))[ \t]*\{/) s = each_list(s)
	if (s ~ /\{[ \t]*\.[A-Za-z_]/) s = each_untyped(s)
	if (match(s, /^[A-Za-z_0-9]+(\([^()]*\))?[ \t]+\.[A-Za-z_]/)) s = substr(s, 1, RLENGTH - 3) part_of_list(substr(s, RLENGTH - 2))
	return s
}

# "struct foo x = { ... }" and "(struct foo) { ... }"
function each_list(s,    done, start, length_, tag, end, w, inner, ordered) {
	done = ""
	while (match(s, /(struct|union)[ \t]+[A-Za-z_0-9]+[^;{}]*(=|\))[ \t]*\{/)) {
		start = RSTART
		length_ = RLENGTH
		split(substr(s, start, length_), w, /[^A-Za-z_0-9]+/)
		tag = w[1] ":" w[2]
		end = closing_brace(s, start + length_ - 1)
		done = done substr(s, 1, start + length_ - 1)
		s = substr(s, start + length_)
		if (!end) continue
		end -= start + length_ - 1
		inner = substr(s, 1, end - 1)
		ordered = in_order(inner, tag)
		done = done (ordered == inner ? each_list(inner) : ordered) # a function's body has others in it
		s = substr(s, end)
	}
	return done s
}

# "{ .a = x, .b = y }" of a type that the text does not name
function each_untyped(s,    done, at, end, inner, typed) {
	done = ""
	while (match(s, /\{[ \t]*\.[A-Za-z_]/)) {
		at = RSTART
		end = closing_brace(s, at)
		typed = substr(s, 1, at - 1) ~ /(struct|union)[ \t]+[A-Za-z_0-9]+[^;{}]*(=|\))[ \t]*$/
		done = done substr(s, 1, at)
		if (!end) { s = substr(s, at + 1); continue }
		inner = each_untyped(substr(s, at + 1, end - at - 1))
		done = done (typed ? inner : in_likely_order(inner))
		s = substr(s, end)
	}
	return done s
}

# A macro that is some elements of a list, as PCI_DEVICE()
function part_of_list(s,    ordered) {
	ordered = in_likely_order(s)
	if (s !~ /,[ \t]*$/) sub(/,[ \t]*$/, "", ordered)
	return ordered
}

# In the order of the structs that have all these members, if they agree
function in_likely_order(s,    n, tag, i, name, ordered, answer) {
	name = substr(s, index(s, ".") + 1)
	match(name, /^[A-Za-z_0-9]+/)
	name = substr(name, 1, RLENGTH)
	if (!(name in with_member)) sub(/_$/, "", name) # C's name of it
	n = split(with_member[name], tag, " ")
	answer = ""
	for (i = 1; i <= n; i++) {
		ordered = in_order(s, tag[i])
		if (!has_all) continue
		if (answer != "" && ordered != answer) return s
		answer = ordered
	}
	return answer == "" ? s : answer
}

# The elements of a list, as the members are; a list that begins with others than designators, or has members that the
# type has not, stays.
function in_order(s, tag,    n, count, part, key, i, j, name, p, k, rest, out, shuffled, mixed) {
	rest = s
	count = 0
	shuffled = 0
	mixed = has_all = 0
	while (rest ~ /[^ \t\\]/) {
		n = argument_length(rest)
		part[++count] = substr(rest, 1, n)
		rest = substr(rest, n + 2)
		name = part[count]
		gsub(/[ \t]/, "", name)
		if (name in designator) part[count] = designator[name] # a macro that is one
		if (!match(part[count], /^[ \t]*\.[A-Za-z_0-9]+/)) {
			# behind one that has a name; a word may be a macro that has a name in it
			if (count == 1 || shuffled_kernel || part[count] !~ /^[ \t]*[-(&"0-9]/ || !((tag ":" key[count - 1] + 1) in member_at)) return s
			part[count] = " ." identifier(member_at[tag ":" key[count - 1] + 1]) " =" (part[count] ~ /^ / ? "" : " ") part[count]
			mixed = 1
			match(part[count], /^[ \t]*\.[A-Za-z_0-9]+/)
		}
		name = substr(part[count], RSTART, RLENGTH)
		sub(/^[ \t]*\./, "", name)
		if (!((tag "." name) in member_order)) {
			sub(/_$/, "", name)
			if (!((tag "." name) in member_order)) return s
		}
		key[count] = member_order[tag "." name] + 0
		if (count > 1 && key[count] < key[count - 1]) shuffled = 1
	}
	has_all = 1
	if (!shuffled && !mixed) return s
	for (i = 2; i <= count; i++) {
		p = part[i]; k = key[i]
		for (j = i - 1; j >= 1 && key[j] > k; j--) { part[j + 1] = part[j]; key[j + 1] = key[j] }
		part[j + 1] = p; key[j + 1] = k
	}
	out = ""
	for (i = 1; i <= count; i++) out = out part[i] ","
	return out " "
}

# ".a.b = x, .a.c = y" is ".a = { .b = x, .c = y }"
function each_designator(s,    done, start, n, first, inner) {
	done = ""
	while (match(s, /(^|[,{ \t])\.[A-Za-z_][A-Za-z_0-9]*\.[A-Za-z_0-9.]+[ \t]*=[^=]/)) {
		start = RSTART + (substr(s, RSTART, 1) == "." ? 0 : 1)
		done = done substr(s, 1, start - 1)
		s = substr(s, start)
		match(substr(s, 2), /\./)
		first = substr(s, 1, RSTART)
		inner = ""
		do { # all that follow of the same member
			s = substr(s, length(first) + 1)
			n = argument_length(s)
			inner = inner (inner == "" ? "" : ", ") substr(s, 1, n)
			s = substr(s, n + 1)
			match(s, /^[ \t]*,[ \t]*/)
		} while (RSTART && index(substr(s, RLENGTH + 1), first ".") == 1 && (s = substr(s, RLENGTH + 1)) != "")
		sub(/[ \t]+$/, "", inner)
		done = done first " = { " each_designator(inner) " }"
	}
	return done s
}

# ".a[0] = x" is ".a = { x }"
function each_first_element(s,    done, start, length_, n) {
	done = ""
	while (match(s, /(^|[,{ \t])\.[A-Za-z_0-9]+\[0\][ \t]*=[^=]/)) {
		start = RSTART + (substr(s, RSTART, 1) == "." ? 0 : 1)
		length_ = RSTART + RLENGTH - start
		done = done substr(s, 1, start - 1) substr(s, start, index(substr(s, start), "[") - 1) " = {"
		s = substr(s, start + length_ - 1)
		n = argument_length(s)
		done = done substr(s, 1, n) " }"
		s = substr(s, n + 1)
	}
	return done s
}

# "{ .a = x, { .b = y } }" and "{ { .b = y }, .c = z }", where .b is of an unnamed union, are without its braces
function each_unnamed(s,    done, at, end, inner) {
	done = ""
	while (match(s, /[{,][ \t]*\{[ \t]*\./)) {
		at = RSTART + index(substr(s, RSTART + 1, RLENGTH - 1), "{")
		done = done substr(s, 1, at - 1)
		s = substr(s, at)
		end = closing_brace(s, 1)
		if (!end || (!ends_in_designated(done) && substr(s, end + 1) !~ /^[ \t]*,[ \t]*\.[A-Za-z_]/)) {
			done = done "{"
			s = substr(s, 2)
			continue
		}
		inner = substr(s, 2, end - 2)
		sub(/,[ \t]*$/, "", inner)
		s = inner substr(s, end + 1)
	}
	return done s
}

# Whether the element before has a name, in the same list
function ends_in_designated(s) {
	if (s !~ /,[ \t]*$/) return 0
	while (gsub(/\([^()]*\)/, "", s) || gsub(/\{[^{}]*\}/, "", s)) ;
	return s ~ /\.[A-Za-z_0-9]+[ \t]*=[^;{}]*,[ \t]*$/
}
