# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Functions of used-names.awk: which of the project's headers are C.

# is_c(path): whether C reads the header, and C++ its bindings. Nothing in it is of C++, or for C and C++ alike; and it
# has an include guard or, as any other header of a kernel module's, kernel headers. What C reads for such a
# header is C as well: a struct is not declared twice.
function is_c(path) {
	look_at(path)
	return (path in part_of_c) || (path ~ /\.h$/ && !of_cxx[path] && (guard[path] != "" || names_kernel[path]))
}

# Notes of a header, and of those that it includes: guard[path], names_kernel[path],
# of_cxx[path] (1: for both languages, 2: for C++ alone) and children[path], what it includes, behind newlines.
function look_at(path,    text, includes) {
	if (path in looked_at) return
	looked_at[path] = 1
	guard[path] = children[path] = ""
	of_cxx[path] = names_kernel[path] = 0
	depth++
	file[depth] = path
	in_comment[depth] = 0
	raw_end[depth] = ""
	directives[path] = nested[path] = 0
	includes = ""
	while ((getline text < path) > 0) {
		sub(/^\357\273\277/, "", text) # a byte order mark
		sub(/\r$/, "", text)
		text = without_literals(text)
		if (directives[path] && !nested[path] && text ~ /[^ \t]/) guard[path] = "" # it ends before the file does
		if (has_cxx(text)) of_cxx[path] = 2
		else if (text ~ /__cplusplus/ && !of_cxx[path]) of_cxx[path] = 1
		if (sub(/^[ \t]*(#|%:)[ \t]*/, "", text)) includes = includes guarding(path, text)
	}
	close(path)
	look_at_included(path, includes)
	depth--
}

# An include guard is of the first directive and the second. Returns the header that the directive names, behind a newline.
function guarding(path, s,    w, name) {
	name = ""
	if (s ~ /^include[ \t]*[<"]/ || s ~ /__has_include[ \t]*\([ \t]*[<"]/) { match(s, /[<"][^>"]*/); name = "\n" substr(s, RSTART, RLENGTH) }
	if (s ~ /^include/ && !nested[path]) outside[path] = outside[path] name # C++ reads it
	if (s ~ /^(include|pragma)/) return name
	split(s, w, /[ \t!()]+/)
	directives[path]++
	if (w[1] ~ /^if/) nested[path]++
	else if (w[1] == "endif") nested[path]--
	if (directives[path] == 1) {
		if (w[1] == "ifndef") guard_candidate[path] = w[2]
		else if (w[1] == "if" && w[2] == "defined" && s ~ /^if[ \t]*![^&|]*$/) guard_candidate[path] = w[3]
	} else if (directives[path] == 2 && w[1] == "define" && w[2] == guard_candidate[path]) {
		guard[path] = w[2]
	}
	return name
}

function look_at_included(path, includes,    n, w, i, name, found) {
	n = split(includes, w, "\n")
	for (i = 2; i <= n; i++) {
		name = substr(w[i], 2)
		found = project_path(name, w[i] ~ /^"/)
		if (found != "") {
			look_at(found)
			children[path] = children[path] "\n" found
			if (names_kernel[found]) names_kernel[path] = 1
		} else if (in_kernel(name)) {
			names_kernel[path] = 1
			if (found_in_kernel) kernel_headers_of[path] = kernel_headers_of[path] "\n" name
		} else if (name !~ /\./ || name ~ /\.(hpp|hh|hxx)$/) {
			of_cxx[path] = 2
		}
	}
}

# part[1..parts]: what C reads of the project for a header, each once
function find_parts(path) {
	split("", is_part)
	is_part[path] = 1
	parts = 0
	add_parts(path)
}

function add_parts(path,    n, w, i) {
	n = split(children[path], w, "\n")
	for (i = 2; i <= n; i++) if (!(w[i] in is_part)) {
		is_part[w[i]] = 1
		part[++parts] = w[i]
		add_parts(w[i])
	}
}

function has_cxx(s) {
	return s ~ /[A-Za-z_0-9>][ \t]*::[ \t]*[A-Za-z_~]|(^|[ \t(,{;=])::[A-Za-z_]|(static|reinterpret|const|dynamic)_cast[ \t]*</ ||
	       s ~ /(^|[^A-Za-z_0-9.>])(nullptr|constexpr|consteval|constinit|decltype|noexcept|typename)([^A-Za-z_0-9]|$)/ ||
	       s ~ /^[ \t]*(class|namespace|using|friend|virtual|explicit|mutable)[ \t]+[A-Za-z_{]|^[ \t]*namespace[ \t]*(\{|$)|template[ \t]*</ ||
	       s ~ /^[ \t]*(public|private|protected)[ \t]*:|enum[ \t]+(class|struct)[ \t]|=[ \t]*(default|delete)[ \t]*;/ ||
	       s ~ /\)[ \t]*(const|override|final)[ \t]*([{;=]|$)|\[\[[a-z]|\[[&=]\]|\[\][ \t]*\(|(^|[^A-Za-z_0-9])auto[ \t]+[*&]*[A-Za-z_[]/ ||
	       s ~ /(^|[^A-Za-z_0-9])operator[ \t]*(==|!=|<|>|\(\)|\[|\+|->|new|delete|bool)|(struct|union)[ \t]+[A-Za-z_0-9]+[ \t]*:[ \t]*[A-Za-z_]/
}
