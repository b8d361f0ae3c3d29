# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: awk -v folder=<folder> -f split-bindings.awk <the library's bindings>
#
# Writes the library's bindings, which shares.awk has marked, in parts:
#
#	<folder>/kcxx-bindings.hpp         includes all of them
#	<folder>/bindings/<header>         includes those that a header of the library needs
#	<folder>/bindings/part-<n>.hpp     a part
#
# The folders have to exist. The bindings are for two compilers where "#else" divides them; a part has both. Debug
# information names no part, since its path has the build directory in it: a line marker does.

/^\/\/\/\/ [a-z]/ { list[++lists] = $0; next }
/^#pragma once$/ { next }
/^#if defined\(__clang__\)$/ { divided = 1; half = 1; next }
/^#else$/ && divided { leave(); half = 2; next }
/^#endif$/ && divided && half == 2 && depth == 0 { leave(); next }
/^\/\/\/\/ [0-9]/ { now = $2; next }
/^extern "C" \{$/ || /^namespace kcxx_bindings \{$/ { opened[++depth] = $0; next }
/^}$/ && depth { depth--; next }
/^#pragma pack/ { packing = $0; next }
{ put(now + 0, $0) }

# leave(): the next half begins with nothing open
function leave(    p) {
	for (p in text) close_part(p)
	now = ""
	packing = ""
	for (p in text) {
		of_half[half, p] = text[p]
		delete text[p]
	}
}

# put(part, line): with what encloses the line, if that is not open in the part
function put(p, line,    enclosing, k) {
	for (k = 1; k <= depth; k++) enclosing = enclosing opened[k] "\n"
	if (enclosing != open_in[p] || packing != packed_in[p]) {
		close_part(p)
		if (packing != "" && packing != "#pragma pack()") text[p] = text[p] packing "\n"
		text[p] = text[p] enclosing
		open_in[p] = enclosing
		braces_in[p] = depth
		packed_in[p] = packing
	}
	text[p] = text[p] line "\n"
}

function close_part(p,    k) {
	for (k = 1; k <= braces_in[p]; k++) text[p] = text[p] "}\n"
	if (packed_in[p] != "" && packed_in[p] != "#pragma pack()") text[p] = text[p] "#pragma pack()\n"
	braces_in[p] = 0
	open_in[p] = ""
	packed_in[p] = ""
}

END {
	if (!divided) { half = 1; leave() }
	for (i = 1; i <= lists; i++) write_list(list[i])
}

# write_list("//// <header> <part>…"): a part may have nothing that C++ needs
function write_list(s,    n, w, k, file) {
	n = split(s, w, " ")
	file = folder (w[2] == "all" ? "/kcxx-bindings.hpp" : "/bindings/" w[2])
	print "#pragma once" > file
	for (k = 3; k <= n; k++) {
		if (!((1, w[k]) in of_half) && !((2, w[k]) in of_half)) continue
		print "#include <generated/bindings/part-" w[k] ".hpp>" > file
		if (w[2] == "all") write_part(w[k])
	}
	close(file)
}

function write_part(p,    file) {
	file = folder "/bindings/part-" p ".hpp"
	printf "#pragma once\n#pragma GCC system_header\n" > file
	if (divided) printf "#if defined(__clang__)\n%s#else\n%s#endif\n", placed(of_half[1, p]), placed(of_half[2, p]) > file
	else printf "%s", placed(of_half[1, p]) > file
	close(file)
}

function placed(text) { return "# 1 \"kcxx-bindings\" 3\n" text }
