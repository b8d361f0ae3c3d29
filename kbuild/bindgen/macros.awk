# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads chosen macros (of select.awk). Writes their definitions in C++, where the library has none of that name.

BEGIN { FS = "\t" }

{
	name[NR] = $1
	text[NR] = announced(aliased(spaced(substr($0, length($1) + length($2) + 3))))
	if (match(text[NR], /^[A-Za-z_0-9]+[ \t]+\.[A-Za-z_0-9.]+[ \t]*=/)) designator[$1] = in_cxx(substr(text[NR], length($1) + 1))
}

END {
	for (i = 1; i <= NR; i++) print "#ifndef " name[i] "\n#define " with_conversions(void_casts(pointer_types(in_cxx(rename(text[i]))))) "\n#endif"
}

# A literal before a name would be one with a suffix.
function spaced(s,    done) {
	if (!index(s, "\"")) return s
	done = ""
	while (match(s, /"([^"\\]|\\.)*"/)) {
		done = done substr(s, 1, RSTART + RLENGTH - 1)
		s = substr(s, RSTART + RLENGTH)
		if (s ~ /^[A-Za-z_]/) done = done " "
	}
	return done s
}

# "extern typeof(x) y __attribute__((alias("x")))": the name that the assembler knows x by is C++'s own.
function aliased(s,    name, symbol, rest) {
	if (!index(s, "alias(") || !match(s, /(extern|static)[ \t]+(typeof|__typeof__)[ \t]*\([ \t]*[A-Za-z_0-9]+[ \t]*\)/)) return s
	name = substr(s, RSTART, RLENGTH)
	rest = substr(s, RSTART + RLENGTH)
	symbol = substr(rest, 1, match(rest, /__attribute__|__used|__maybe_unused/) - 1)
	s = substr(s, 1, length(s) - length(name) - length(rest))
	sub(/^[^(]*\([ \t]*/, "", name)
	sub(/[ \t]*\)$/, "", name)
	return s "KCXX_ALIAS(" symbol ", " name ")"
}

# "const struct foo x; … const struct foo x = …": in C++, only "extern" makes the first no definition.
function announced(s,    type, rest) {
	if (!match(s, /(^|[^A-Za-z_0-9])const struct [A-Za-z_0-9]+ [A-Za-z_0-9]+;/)) return s
	type = substr(s, RSTART, RLENGTH - 1)
	rest = substr(s, RSTART + RLENGTH)
	sub(/^[^A-Za-z_0-9]/, "", type)
	if (!index(rest, type)) return s
	return substr(s, 1, index(s, type) - 1) "extern " substr(s, index(s, type))
}
