# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads the project's headers of C and the source's directives (of used-names.awk), then all macros (of
# declarations.awk). Writes what keeps the C++
# compiler from reading those headers, for its option -imacros: their include guards; and those that have none are read
# here, once and for all, of which -imacros throws away the text, and this file the macros.
#
# A condition in such a header has the macros that it names, the kernel's and the source's, but none of the kernel's
# headers is read.

FILENAME == ARGV[1] {
	if ($1 == "guard") print "#define " $2
	else if ($1 == "once") once[++headers] = substr($0, 6)
	else if ($1 == "part") macros_of(substr($0, 6))
	next
}

FILENAME == ARGV[2] {
	if (headers && match($0, /^#define[ \t]+[A-Za-z_0-9]+/)) {
		split(substr($0, 1, RLENGTH), word, /[ \t]+/)
		definition[word[2]] = substr($0, RLENGTH - length(word[2]) + 1)
	}
	next
}

FNR == 1 { FS = "\t"; $0 = $0 }
headers { definition[$1] = substr($0, length($1) + length($2) + 3) }

END {
	if (!headers) exit
	for (i = 1; i <= questions; i++) need(asked[i])
	print "#pragma GCC system_header"
	print "#define KCXX_WITHOUT_BINDINGS"
	for (i = 1; i <= kept; i++) print "#pragma push_macro(\"" order[i] "\")"
	for (i = 1; i <= kept; i++) if (order[i] in needed) print "#undef " order[i] "\n#define " definition[order[i]]
	for (i = 1; i <= headers; i++) print "#import \"" once[i] "\""
	for (i = kept; i > 0; i--) print "#pragma pop_macro(\"" order[i] "\")"
	print "#undef KCXX_WITHOUT_BINDINGS"
}

# The macros that a header defines, and those that its conditions name
function macros_of(path,    text, n, w, i) {
	while ((getline text < path) > 0) {
		if (!sub(/^[ \t]*#[ \t]*/, "", text)) continue
		n = split(text, w, /[^A-Za-z_0-9]+/)
		if (w[1] == "define" || w[1] == "undef") keep(w[2])
		else if (w[1] ~ /^(if|ifdef|ifndef|elif)$/) for (i = 2; i <= n; i++) if (w[i] ~ /^[A-Za-z_]/) asked[++questions] = w[i]
	}
	close(path)
}

function keep(name) {
	if (name == "" || (name in is_kept)) return
	is_kept[name] = 1
	order[++kept] = name
}

# A macro of the kernel's, with those in its definition
function need(name,    n, w, i) {
	if (!(name in definition) || (name in needed)) return
	needed[name] = 1
	keep(name)
	n = split(definition[name], w, /[^A-Za-z_0-9]+/)
	for (i = 1; i <= n; i++) if (w[i] ~ /^[A-Za-z_]/) need(w[i])
}
