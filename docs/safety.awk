# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: awk -f docs/safety.awk tests/safety/classes.tsv docs/safety.md > <new docs/safety.md>
#
# Makes the tables of docs/safety.md, between its two comments, from the classes of bugs.

BEGIN { FS = "\t" }

# "a-refusal test_file.py::test_name" as code of Markdown
function listed(names,    i, n, name, text) {
	n = split(names, name, " ")
	for (i = 1; i <= n; i++)
		text = text (i > 1 ? ", " : "") "`" name[i] "`"
	return names == "-" ? "" : text
}

FNR == NR && /^# / && started { tables = tables "\n### " substr($0, 3) "\n\n" header; next }
FNR == NR && /^$/ { started = 1; header = "| bug | in C | in Rust | by types | by Clang's analyses | in the guest |\n|---|---|---|---|---|---|\n"; next }
FNR == NR && /^#/ { next }
FNR == NR {
	types = listed($4)
	if ($4 == "-" && $5 == "-")
		types = "**not refused**"
	tables = tables "| " $1 " | " $2 " | " $3 " | " types " | " listed($5) " | " listed($6) " |\n"
	next
}

/^<!-- made: / { print; printf "%s\n", tables; made = 1; next }
/^<!-- end -->/ { made = 0 }
!made { print }
