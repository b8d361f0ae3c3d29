# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: awk -f docs/facilities.awk docs/facilities.tsv > docs/facilities.md
#
# Makes the page of facilities from their table.

BEGIN {
	FS = "\t"
	print "# Facilities for drivers\n"
	print "What a driver may need, in C, in Rust's `kernel` crate of Linux 7.3, and in kcxx's library. For what kcxx has no header for,"
	print "a driver includes the kernel's own, beside the library (`docs/bindings.md`).\n"
	print "This page is made: `awk -f docs/facilities.awk docs/facilities.tsv > docs/facilities.md`"
}

function header(name) {
	return name == "-" ? "" : "`<" name ">`"
}

/^$/ { body = 1; next }
/^#/ {
	if (body)
		printf "\n## %s\n\n| | C | Rust | kcxx |\n|---|---|---|---|\n", substr($0, 3)
	next
}
{ printf "| %s | %s | %s | %s |\n", $1, header($2), $3 == "-" ? "" : "`" $3 "`", $4 == "-" ? "" : "`<kernel/" $4 ">`" }
