# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: awk -f docs/errors.awk kbuild/remedies.tsv > docs/errors.md
#
# Makes the page of errors from the table of their remedies: a table for each of its headings.

BEGIN {
	FS = "\t"
	print "# Errors and what to write instead\n"
	print "When the compiler refuses a source, kcxx adds why, and what to write instead. Each explanation has an identifier,"
	print "such as kcxx-E0501; this page has them all. The texts of kcxx's own `static_assert`s, such as \"a timer's function is"
	print "declared KCXX_MUST_NOT_SLEEP\", name the rewrite themselves.\n"
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
	printf "| kcxx-%s | %s | %s | %s |\n", $NF, object ? cell($3) : names($1, $2), cell(object ? $4 : $3), cell(write)
}
