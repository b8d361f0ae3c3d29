# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads a C++ source, and the headers of its project that it includes, word by word. Writes
#
#   -v skeleton=<file>  its directives as C, with the kernel's headers: the C preprocessor takes
#                       the branches, and the source's own macros are set where the source sets them
#   -v cxx=<file>       the headers of C++ that it includes in any case
#   -v places=<file>    and where: "<header> <file>:<line>"
#   -v kernel=<file>    the kernel's headers that it names, a name a line
#   -v own=<file>       the project's headers of C (own-headers.awk), which are answered as the kernel's are: "guard
#                       <macro>" of one that has an include guard; "once <path>" of another, and "part <path>" of
#                       each header that C reads for that one; "early" where an #include stands in extern "C" { }
#   -v first=<file>     its directives before the first #include
#   standard output     the names that it uses: "I name" an identifier, "M name" a member,
#                       "D name" in a directive, "V name" what no * or & follows, so it may be a type of which
#                       a value is needed, "N 82437" a number, of which a macro may make a name; more than it really uses, and none that it does not mention.
#                       "P (a, b) text" is a macro of the source's own that pastes, "E name" a struct that may be in
#                       another one
#
# -v source=<path>
# -v forced=<headers, separated by ":">   included before the source, by options of the compiler
# -v directory_now=<the working directory>
# -v project=<directories, separated by ":">   where the project's own headers are
# -v headers=<directories, separated by ":">   where the kernel's are

BEGIN {
	projects = split(project, project_directory, ":")
	kernels = split(headers, kernel_directory, ":")
	do read_all(); while (again)
	for (name in identifier) print "I " name
	for (name in member) print "M " name
	for (name in value) print "V " name
	for (name in number) if (pastes || length(name) > 2) print "N " name
	for (name in pasting) print "P " name
	for (name in embedded) print "E " name
	for (name in directive) print "D " name
	exit
}

# Once more where a header that was read as C++ turns out to be a part of one that is C
function read_all(    n, w, i) {
	begin(skeleton)
	begin(cxx)
	begin(places)
	begin(kernel)
	begin(own)
	begin(first)
	split("", identifier); split("", member); split("", value); split("", number); split("", directive)
	split("", pasting); split("", embedded)
	split("", included); split("", scanned); split("", header_macro); split("", named)
	again = told_early = in_linkage = library_used = 0
	n = split(forced, w, ":")
	depth = 1
	file[1] = source
	line[1] = 1
	conditions[1] = 0
	for (i = 1; i <= n; i++) force(w[i])
	pending = ""
	included_any = depth = 0
	scan(source)
}

function begin(output) {
	close(output)
	printf "" > output
}

# Files
# --------------------------------------------------------------------------

# A file may include others: its state is its own, by depth.
function scan(path,    n) {
	depth++
	file[depth] = path
	line[depth] = conditions[depth] = in_comment[depth] = 0
	raw_end[depth] = ""
	while ((getline text < path) > 0) {
		line[depth]++
		if (line[depth] == 1) sub(/^\357\273\277/, "", text) # a byte order mark
		sub(/\r$/, "", text)
		n = 0
		while (text ~ /\\$/ && (getline more < path) > 0) {
			sub(/\r$/, "", more)
			text = substr(text, 1, length(text) - 1) more
			n++
		}
		line_of(text)
		line[depth] += n
	}
	close(path)
	depth--
}

# A name without an extension may be that of a directory, which mawk cannot read.
function exists(path,    found, ignored) {
	if (!(path in known)) {
		if (path ~ /\.[^\/]*$/) {
			found = (getline ignored < path) >= 0
			close(path)
		} else {
			found = system("[ -f \"" path "\" ]") == 0
		}
		known[path] = found
	}
	return known[path]
}

# The C compiler names the place in the source.
function place() {
	print "# " line[depth] " \"" file[depth] "\"" > skeleton
}

# Lines
# --------------------------------------------------------------------------

function line_of(s) {
	s = without_literals(s)
	if (s ~ /^[ \t]*(extern[ \t]+""|namespace([ \t]+[A-Za-z_0-9:]+)?)[ \t]*(\{[^}]*)?$/) in_linkage = 1
	if (s ~ /^[ \t]*(#|%:)/) directive_of(s)
	else if (s ~ /[A-Za-z_]/) words(s)
}

# Comments become a space, literals ""; either may end lines later.
function without_literals(s,    done, i, c, end) {
	if (!in_comment[depth] && raw_end[depth] == "" && s !~ /["'\/]/) return s
	done = ""
	while (s != "") {
		if (in_comment[depth]) {
			if (!(i = index(s, "*/"))) return done
			s = substr(s, i + 2)
			in_comment[depth] = 0
			done = done " "
		} else if (raw_end[depth] != "") {
			if (!(i = index(s, raw_end[depth]))) return done
			s = substr(s, i + length(raw_end[depth]))
			raw_end[depth] = ""
			done = done "\"\""
		} else if (!match(s, /["'\/]/)) {
			return done s
		} else {
			done = done substr(s, 1, RSTART - 1)
			s = substr(s, RSTART)
			c = substr(s, 1, 2)
			if (c == "//") return done
			if (c == "/*") { in_comment[depth] = 1; s = substr(s, 3); continue }
			c = substr(s, 1, 1)
			if (c == "\"" && done ~ /(^|[^A-Za-z_0-9])(u8|u|U|L)?R$/ && match(s, /^"[^ ()\\]*\(/)) {
				raw_end[depth] = ")" substr(s, 2, RLENGTH - 2) "\""
				s = substr(s, RLENGTH + 1)
				sub(/(u8|u|U|L)?R$/, "", done)
			} else if (c == "'" && done ~ /[0-9a-fA-F]$/ && done ~ /(^|[^A-Za-z_])[0-9][0-9a-fA-FxX']*$/) {
				s = substr(s, 2) # between digits
			} else if ((c == "'" && match(s, /^'([^'\\]|\\.)*'/)) || (c == "\"" && match(s, /^"([^"\\]|\\.)*"/))) {
				# <...> of a directive is read from the text
				done = done (is_include(done) ? substr(s, 1, RLENGTH) : c == "'" ? "0" : "\"\"")
				s = substr(s, RLENGTH + 1)
			} else {
				done = done (c == "/" ? c : " ")
				s = substr(s, 2)
			}
		}
	}
	return done
}

function is_include(s) {
	return s ~ /^[ \t]*(#|%:)[ \t]*(include|include_next)[ \t]*$/
}

# Directives
# --------------------------------------------------------------------------

function directive_of(s,    n, w, t) {
	sub(/^[ \t]*(#|%:)[ \t]*/, "", s)
	if (s ~ /^include/) { include(s); return }
	if (s ~ /^(if|ifdef|ifndef)([^a-z]|$)/) conditions[depth]++
	else if (s ~ /^endif/) conditions[depth]--
	else if (s ~ /^(pragma|error|warning|line|ident)/) return
	t = text
	sub(/^[ \t]*(#|%:)[ \t]*/, "", t)
	if (index(t, "/*") || index(t, "//")) t = s # the comment may go on
	gsub(/__cplusplus/, "KCXX_CPLUSPLUS", t)
	if (index(t, "__has_include")) t = with_answers(t)
	place()
	print "#" t > skeleton
	before_includes("#" t "\n")
	if (s ~ /^(if|elif|ifdef|ifndef)/) {
		gsub(/<[^>]*>|""/, " ", s)
		n = split(s, w, /[^A-Za-z0-9_]+/)
		for (i = 2; i <= n; i++) if (w[i] ~ /^[A-Za-z_]/) directive[w[i]] = 1
	} else if (t ~ /^define[ \t]+[A-Za-z_0-9]+[ \t]+(<[^>]*>|"[^"]*")[ \t]*$/) {
		split(t, w, /[ \t]+/)
		header_macro[w[2]] = header_macro[w[2]] (header_macro[w[2]] == "" ? "" : "\n") w[3]
	} else if (s ~ /^define/) {
		sub(/^define[ \t]+[A-Za-z_0-9]+/, "", s)
		if (s ~ /^\([^)]*\).*##/) { gsub(/\t/, " ", s); pasting[s] = 1; pastes = 1 }
		sub(/^\([^)]*\)/, "", s)
		words(s)
	}
}

# __has_include(<linux/x.h>) is answered though nothing includes that header. Of a header of the project's, C gets
# the path: it does not look beside the source.
function with_answers(s,    done, name, path, quoted) {
	done = ""
	while (match(s, /__has_include(_next)?[ \t]*\([ \t]*[<"][^>"]*[>"]/)) {
		name = substr(s, RSTART, RLENGTH - 1)
		done = done substr(s, 1, RSTART - 1)
		s = substr(s, RSTART + RLENGTH)
		quoted = name ~ /"/
		sub(/^[^<"]*[<"]/, "", name)
		path = project_path(name, quoted)
		if (path == "") name_kernel_header(name)
		done = done "__has_include(" (path != "" ? "\"" absolute(path) "\"" : quoted ? "\"" name "\"" : "<" name ">")
	}
	return done s
}

function include(s,    quoted, name, path) {
	if (!match(s, /<[^>]*>|"[^"]*"/)) { include_macro(s); return }
	if (in_linkage && !told_early++) print "early" > own
	quoted = substr(s, RSTART, 1) == "\""
	name = substr(s, RSTART + 1, RLENGTH - 2)
	included_any = 1
	include_path(name, project_path(name, quoted))
}

# A header that an option of the compiler includes: found from the working directory on
function force(name) {
	in_forced = 1
	include_path(name, exists(name) ? name : project_path(name, 0))
	in_forced = 0
}

# With no condition that ends behind an #include
function before_includes(s) {
	if (included_any || depth > (in_forced ? 2 : 1)) return
	pending = pending s
	if (conditions[depth] == 0) { printf "%s", pending > first; pending = "" }
}

function include_path(name, path) {
	if (path != "" && is_c(path)) {
		if (!(path in scanned)) own_header(path)
		scanned[path] = 1
		place()
		print "#include \"" absolute(path) "\"" > skeleton
		print_parts(path)
	} else if (path != "") {
		if (!(path in scanned) && depth < 50) {
			scanned[path] = 1
			scan(path)
		}
	} else if (in_kernel(name)) {
		name_kernel_header(name)
		included[name] = 1
		place()
		print "#include <" name ">" > skeleton
	} else {
		if (name ~ /^kernel\/.*\.hpp$/) note_library()
		if (conditions[depth] - guarded() != 0 || (name in included)) return
		included[name] = 1
		print name > cxx
		print name " " file[depth] ":" line[depth] > places
	}
}

# The library's bindings come before those of the source, which leave out what they declare: in any case, for C++ may
# take the branch with an #include of the library's.
function note_library() {
	if (!library_used++) print "generated/kcxx-bindings.hpp" > cxx
}

function absolute(path) { return path ~ /^\// ? path : directory_now "/" path }

function own_header(path,    n, w, i, k) {
	find_parts(path)
	for (i = 1; i <= parts; i++) if (of_cxx[part[i]] < 2 && !(part[i] in part_of_c)) {
		part_of_c[part[i]] = 1
		if (part[i] in scanned) again = 1
	}
	if (guard[path] != "") {
		print "guard " guard[path] > own
		n = split(outside[path], w, "\n")
		for (i = 2; i <= n; i++) if (w[i] ~ /^</) name_kernel_header(substr(w[i], 2))
		return
	}
	print "once " absolute(path) > own
	part[0] = path
	for (i = 0; i <= parts; i++) {
		print "part " absolute(part[i]) > own
		n = split(kernel_headers_of[part[i]], w, "\n")
		for (k = 2; k <= n; k++) name_kernel_header(w[k])
	}
}

# Names the files that C will find: another file of the same name, or one that comes to be, makes other directives.
function print_parts(path,    i) {
	find_parts(path)
	for (i = 1; i <= parts; i++) print "// " absolute(part[i]) > skeleton
}

# Names a header that the kernel has.
function name_kernel_header(name) {
	if (!in_kernel(name) || !found_in_kernel || (name in named)) return
	named[name] = 1
	print name > kernel
}

# #include MACRO: each header that the macro was defined as
function include_macro(s,    n, w, i) {
	sub(/^include(_next)?[ \t]*/, "", s)
	sub(/[^A-Za-z_0-9].*/, "", s)
	n = split(header_macro[s], w, "\n")
	for (i = 1; i <= n; i++) include(w[i])
}

# A header's guard is around everything.
function guarded() {
	return depth > 1 && conditions[depth] > 0 && guard[file[depth]] != "" ? 1 : 0
}

function project_path(name, quoted,    i, directory) {
	if (name ~ /^\//) return exists(name) ? name : ""
	if (quoted) {
		directory = file[depth]
		if (!sub(/[^\/]*$/, "", directory)) directory = ""
		if (exists(directory name)) return directory name
	}
	for (i = 1; i <= projects; i++) if (project_directory[i] != "" && exists(project_directory[i] "/" name)) return project_directory[i] "/" name
	return ""
}

# Names by which only a kernel's header is meant are its own, if it has them or not: C reports those that are missing,
# and C++, too, finds none: __has_include() is the same in both.
function in_kernel(name,    i) {
	found_in_kernel = 0
	for (i = 1; i <= kernels && name ~ /\./; i++) if (exists(kernel_directory[i] "/" name)) found_in_kernel = 1
	return found_in_kernel || name ~ /^(linux|asm|asm-generic|uapi|net|drm|media|sound|crypto|acpi|scsi|video|rdma|trace)\/.*\.h$/
}

# Words
# --------------------------------------------------------------------------

# The text before a name decides which kind it is: .name, ->name, scope::name. A declaration in
# C++ may begin with a designator's dot, and then the name is both.
function words(s,    n, w, i) {
	in_macro = s ~ /[A-Z][A-Z_0-9]+[ \t]*\(/
	list = index(s, ",") && !index(s, "(") # "struct foo *a, b;"
	if (match(s, /(^|[ \t{;])struct[ \t]+[A-Za-z_0-9]+[ \t]+[A-Za-z_][A-Za-z_0-9]*[ \t]*;/)) {
		split(substr(s, index(s, "struct")), w, /[ \t]+/)
		embedded[w[2]] = 1
	}
	gsub(/->/, " @ ", s)
	gsub(/::/, " # ", s)
	gsub(/\.\.\./, " , ", s) # case FIRST ... LAST
	gsub(/\./, " . ", s)
	gsub(/[^A-Za-z0-9_.#@ \t]+/, " & ", s)
	n = split(s, w, /[ \t]+/)
	for (i = 1; i <= n; i++) {
		if (w[i] == "") continue
		if (w[i] ~ /^[A-Za-z_]/) {
			if (w[i + 1] !~ /^[*&]/ || list) value[w[i]] = 1
			if (before == "." || before == "@") member[w[i]] = 1
			else if (before != "#" || scope == "") identifier[w[i]] = 1
			scope = w[i]
		} else if (w[i] ~ /^[0-9]/) {
			if (in_macro) number[w[i]] = 1
			scope = ""
		} else if (w[i] == "#") {
			if (before !~ /^[A-Za-z_]/) scope = ""
		} else {
			scope = ""
		}
		before = w[i]
	}
}
