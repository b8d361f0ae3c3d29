# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: awk -f docs/errors.awk kbuild/remedies.tsv > docs/errors.md
#
# Makes the page of errors from the table of their remedies, a table for each of its headings; and from the messages in
# the library's headers, in include/kernel/ beside the table.

BEGIN {
	FS = "\t"
	print "# Errors and what to write instead\n"
	print "When the compiler refuses a source, kcxx adds why, and what to write instead. Each explanation has an identifier,"
	print "such as kcxx-E0501; this page has them all. What kcxx's types refuse by themselves has its identifier in the message,"
	print "as \"kcxx-E1325: unmap() ends the mapping\": the last table.\n"
	print "This page is made: `awk -f docs/errors.awk kbuild/remedies.tsv > docs/errors.md`"
}

function cell(text) {
	gsub(/[|<>*_]/, "\\\\&", text)
	return text
}

# The names that a row is for, as a regular expression
function names(kind, pattern) {
	return kind == "std" || kind == "name" || kind == "kernel" ? "`" cell(pattern) "`" : ""
}

/^# / && !headed { heading = substr($0, 3); headed = 1; next }
/^#/ || /^$/ { headed = /^#/ && headed; next }

{
	object = $1 == "object"
	if ($NF !~ /^E[0-9]+$/)
		next
	if (heading != printed) {
		printf "\n## %s\n\n| | found | why | write instead |\n|---|---|---|---|\n", heading
		printed = heading
	}
	if (object)
		remedy[$2] = $5
	write = object ? $5 : $4
	if (write ~ /^=/)
		write = remedy[substr(write, 2)]
	listed["kcxx-" $NF]
	printf "| kcxx-%s | %s | %s | %s |\n", $NF, object ? cell($3) : names($1, $2), cell(object ? $4 : $3), cell(write)
}

# The library's refusals: "kcxx-E1301: …" in its headers, of adjacent literals and arguments of macros
function message_at(text,    rest, token, message) {
	rest = text
	while (match(rest, /^([ \t\n\\]*("([^"\\]|\\.)*"|#?[A-Za-z_][A-Za-z_0-9]*(\([A-Za-z]*\))?))/)) {
		token = substr(rest, 1, RLENGTH)
		rest = substr(rest, RLENGTH + 1)
		sub(/^[ \t\n\\]*#?/, "", token)
		if (token ~ /^"/) {
			token = substr(token, 2, length(token) - 2)
			gsub(/\\"/, "\"", token)
		}
		message = message token
	}
	sub(/KCXX_MODULE_INIT\(Type\)/, "static kernel::Result<Type> init(kernel::ThisModule \\&);", message)
	return message
}

function refusals_of(header,    line, text, message, id) {
	text = ""
	while ((getline line < header) > 0)
		text = text line "\n"
	close(header)
	while (match(text, /"kcxx-E[0-9]+: /)) {
		text = substr(text, RSTART)
		message = message_at(text)
		id = substr(message, 1, index(message, ":") - 1)
		if (!(id in listed)) {
			listed[id]
			sub(/.*\/include\//, "", header)
			printf "| %s | %s | `<%s>` |\n", id, cell(substr(message, length(id) + 3)), header
		}
		text = substr(text, 2)
	}
}

END {
	folder = FILENAME
	sub(/[^\/]*$/, "include/kernel", folder)
	print "\n## What kcxx's types refuse\n\nThe message is in full, and names what to write.\n\n| | message | header |\n|---|---|---|"
	list = "find " folder " -name '*.hpp' | LC_ALL=C sort"
	while ((list | getline file) > 0)
		files[++count] = file
	close(list)
	for (i = 1; i <= count; i++)
		refusals_of(files[i])
}
