# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads "<path>:<line>:<text>" of lines that have -v name=<name>. Writes those that declare it, the best first:
# the kernel's linux/ before other folders, macros before declarations, which such a macro may stand in, and these before
# mentions. With -v kind=whole, those that define it as a struct.

{
	text = $0
	sub(/^[^:]*:[0-9]+:/, "", text)
	path = $0
	sub(/:.*/, "", path)
	if (text ~ /^[ \t]*(\/?\*|\/\/)/) next
	if (kind == "whole" && text !~ ("(struct|union|enum)[ \t]+" name "[ \t]*(__[a-z_]+[ \t]*)?\\{")) next
	if (text ~ ("^[ \t]*#[ \t]*define[ \t]+" name "([^A-Za-z_0-9]|$)")) rank = 1
	else if (text ~ ("^[^=]*(struct|union|enum)[ \t]+" name "[ \t]*(__[a-z_]+[ \t]*)?\\{")) rank = 2
	else if (text ~ ("^[A-Za-z_][A-Za-z_0-9 \t*]*[ \t*]" name "[ \t]*\\(") && text !~ /^(return|else|if)[^A-Za-z_0-9]/) rank = 2
	else if (text ~ ("^(extern|typedef)[ \t].*[ \t*]" name "[ \t]*(\\[|;|\\))")) rank = 2
	else if (text ~ ("^[ \t]+" name "[ \t]*(=[^;]*)?,?[ \t]*(/\\*.*)?$")) rank = 3
	else if (text ~ ("^\\}[ \t]*" name "[ \t]*;")) rank = 3
	else if (text ~ ("^" name "\\(")) rank = 3
	else next
	if (path !~ /\/include\/linux\//) rank += 3
	if (path ~ /\/(tools|generated)\/|\/fortify-string\.h$/) rank += 6 # included by others alone
	line[rank] = line[rank] $0 "\n"
}

END { for (rank = 1; rank <= 12; rank++) printf "%s", line[rank] }
