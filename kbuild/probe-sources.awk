# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: awk -v directory=<directory> -f probe-sources.awk <probes file>
#
# Writes for each probe of the file <directory>/<NAME>.c, which compiles if the answer is yes, and <NAME>.ask, the
# question to look up in Module.symvers first. Prints the names, one a line. With -DKCXX_ALONE, the C file leaves out
# the question: the headers and types that the probe names must compile by themselves.
#
# Status: 1 if the file is wrong; the error names the line.

function refuse(what, found, needed) {
	printf "*** kcxx: %s\n***   found:  %s, in line %d of %s\n***   needed: %s\n***   fix:    HAVE_IOPOLL:, and lines below it, as: member struct file_operations iopoll\n", \
		what, found, FNR, FILENAME, needed > "/dev/stderr"
	failed = 1
	exit 1
}

function is_name(text) {
	return text ~ /^[A-Za-z_][A-Za-z_0-9]*$/
}

# Returns the text as a C string
function quoted(text) {
	gsub(/[\\"]/, "", text)
	return "\"" text "\""
}

# int timer_delete(struct timer_list *) is the type int (struct timer_list *).
function without_name(type, symbol,    before, after, first) {
	if (match(type, "(^|[^A-Za-z_0-9])" symbol "[ \t]*\\(")) {
		before = substr(type, 1, RSTART - 1)
		after = substr(type, RSTART + RLENGTH)
		first = substr(type, RSTART, 1)
		type = before (first ~ /[A-Za-z_0-9]/ ? "" : first) "(" after
	}
	return type
}

# Ends the probe that began at the last NAME:
function write_probe(    file, i, count, each, text, type) {
	if (name == "")
		return
	if (question == "" && declarations != "")
		question = "compiles"
	if (question == "")
		refuse("a probe asks nothing", name ":", "one of compiles, member, declared, exported, exported_gpl, header")
	if (wanted != "" && headers == "" && declarations == "")
		refuse("a type has no headers that declare it", name ":", "a line: headers <header>…")
	file = directory "/" name ".c"
	printf "%s", (question ~ /^exported/ ? question " " object (wanted == "" ? " alone" : "") "\n" : "") > (directory "/" name ".ask")
	close(directory "/" name ".ask")

	text = "/* " name " */\n"
	count = split(headers, each, " ")
	for (i = 1; i <= count; i++)
		text = text "#include <" each[i] ">\n"
	if (wanted != "") {
		type = without_name(wanted, member == "" ? object : member)
		text = text "typedef __typeof__(" type ") kcxx_wanted;\n"
	}
	text = text "#ifndef KCXX_ALONE\n" declarations
	if (question == "member")
		text = text "extern __typeof__(" object ") *kcxx_object;\n"
	if (wanted != "")
		text = text "_Static_assert(__builtin_types_compatible_p(__typeof__(" \
			(question == "member" ? "kcxx_object->" member : object) "), kcxx_wanted), " \
			quoted((question == "member" ? object "." member : object) " is not " wanted) ");\n"
	text = text "int kcxx_probe(void);\nint kcxx_probe(void)\n{\n"
	if (question == "compiles")
		text = text code
	else if (question == "member")
		text = text "\t(void)kcxx_object->" member ";\n"
	else if (question == "declared" && object ~ / /)
		text = text "\t(void)sizeof(" object ");\n"
	else if (question == "declared")
		text = text "#ifndef " object "\n\ttypedef __typeof__(" object ") kcxx_type;\n#endif\n"
	else if (question == "header")
		text = text "#if !__has_include(<" object ">)\n#error no header <" object ">\n#endif\n"
	text = text "\treturn 0;\n}\n#endif\n"
	printf "%s", text > file
	close(file)
	print name
	name = ""
}

function ask(which) {
	if (question != "" && !(which == "compiles" && question == "compiles"))
		refuse("a probe asks twice", which " after " question, "one question for each name")
	question = which
}

{
	sub(/\r$/, "")
	line = $0
	keyword = $1
}

keyword == "" || keyword ~ /^#/ { next }

keyword ~ /:$/ && NF == 1 {
	write_probe()
	name = substr(keyword, 1, length(keyword) - 1)
	# The name is a variable of make, too: CC would be another compiler.
	if (!is_name(name) || name !~ /^[^_]+_/ || name ~ /^(CONFIG|KBUILD|KCXX|kcxx|CC|EXTRA|[A-Z]*FLAGS)_/)
		refuse("no name for a probe", keyword, "letters, digits and a _ between them; CONFIG_, KBUILD_, KCXX_, CC_, EXTRA_ and CFLAGS_ begin others")
	if (name in known)
		refuse("two probes have one name", keyword, "a name for each")
	known[name] = 1
	question = object = member = wanted = headers = declarations = code = ""
	next
}

name == "" { refuse("a line belongs to no probe", line, "a line <NAME>: before it") }

# The text behind the keyword; C code keeps its own indentation
{
	value = line
	sub(/^[ \t]*[a-z_]+[ \t]?/, "", value)
	words = value
	gsub(/^[ \t]+|[ \t]+$/, "", words)
}

keyword == "declarations" { declarations = declarations value "\n"; next }
keyword == "compiles" { ask("compiles"); code = code value "\n"; next }

words == "" { refuse("a keyword without its value", keyword, keyword " <value>") }

keyword == "headers" {
	gsub(/[<>"]/, "", words)
	headers = headers " " words
	next
}

keyword == "type" || keyword == "prototype" { wanted = words; next }

keyword == "member" {
	ask("member")
	if (NF < 3)
		refuse("a member without its type", line, "member <type> <member>, as: member struct file_operations iopoll")
	member = $NF
	object = words
	sub(/[ \t]+[^ \t]+$/, "", object)
	next
}

keyword == "header" {
	ask("header")
	gsub(/[<>"]/, "", words)
	object = words
	next
}

keyword == "declared" || keyword == "exported" || keyword == "exported_gpl" {
	ask(keyword)
	object = words
	gsub(/[ \t]+/, " ", object)
	if (!is_name(object) && !(keyword == "declared" && object ~ /^(struct|union|enum) [A-Za-z_0-9]+$/))
		refuse("no name of a symbol", line, keyword " <name>")
	next
}

{ refuse("an unknown keyword", keyword, "headers, declarations, compiles, member, type, declared, prototype, exported, exported_gpl, header") }

END {
	if (!failed)
		write_probe()
	if (failed)
		exit 1
}
