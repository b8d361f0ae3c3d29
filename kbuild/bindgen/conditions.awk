# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads a header. Writes the conditions under which -v line=<number> of it is read: "#ifdef CONFIG_PCI".

FNR == line {
	for (i = 1; i <= depth; i++) if (condition[i] !~ /^#ifndef _|_H(_)?$/) out = out (out == "" ? "" : " and ") condition[i]
	print out
	exit
}
/^[ \t]*#[ \t]*if/ { s = $0; sub(/^[ \t]*#[ \t]*/, "#", s); sub(/[ \t]*\/\*.*/, "", s); condition[++depth] = s }
/^[ \t]*#[ \t]*elif/ { s = $0; sub(/^[ \t]*#[ \t]*/, "#", s); condition[depth] = s }
/^[ \t]*#[ \t]*else/ { condition[depth] = "#else of " condition[depth] }
/^[ \t]*#[ \t]*endif/ { depth-- }
