#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: compile-commands.sh <module directory>
#
# Writes compile_commands.json in a directory that plain Kbuild built: the C++ sources, by what editor-command.sh left, and
# those of C, by Kbuild's .cmd files. The sources in it are those that were compiled, C++ also in vain. Status 1 if none was.

set -e
LC_ALL=C
export LC_ALL

here=${0%/*}
cd "$1"
. .kcxx/flags.sh

json() {
	printf '"%s"' "$(printf '%s' "$1" | sed 's/[\\"]/\\&/g')"
}

# Prints the entries of sources that are still there
cxx_entries() {
	for entry in .kcxx/editor/*/command.json; do
		source=$(sed -n 's/.*, "file": "\(.*\)", "command": .*/\1/p' "$entry")
		case "$source" in /*) ;; *) source=$KCXX_CURDIR/$source ;; esac
		[ ! -e "$source" ] || cat "$entry"
	done
}

# A .cmd file's text is make's: \# is #, $$ is $.
c_entries() {
	find . -path ./.kcxx -prune -o -name '.*.o.cmd' ! -name '.*.mod.o.cmd' ! -name '..module-common.o.cmd' -print | sort |
		while read -r file; do
			command=$(sed -n 's/^\(saved\)\{0,1\}cmd_[^ ]* := *\(.* -c -o [^ ]* [^ ;]*\.c\) *\(;.*\)\{0,1\}$/\2/p' "$file" |
				sed 's/\\#/#/g; s/\$\$/$/g')
			[ -n "$command" ] || continue
			source=${command##* }
			command=$(printf '%s\n' "$command" | tr -s ' ' '\n' |
				awk -v quoted=y -f "$here/reading-flags.awk" "${here%/*}/reading-flags.txt" -)
			printf '{"directory": %s, "file": %s, "command": %s}\n' "$(json "$KCXX_CURDIR")" "$(json "$source")" "$(json "$command")"
		done
}

[ -n "$(find .kcxx/editor -name command.json 2> /dev/null)" ] || exit 1
database=compile_commands.json
{
	cxx_entries
	c_entries
} | sed '1s/^/[\n/; $!s/$/,/; $s/$/\n]/' > "$database.$$"
mv "$database.$$" "$database"
