#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: editor-command.sh <directory> <source> <C++ compiler> <argument>…
#
# Writes <directory>/command.json, the source's entry in compile_commands.json (compile-commands.sh): where the source is
# compiled, and what an editor has to know of the command. The kernel's headers are below <directory>, as in CMake's
# (AddKernelModule.cmake).

set -e
LC_ALL=C
export LC_ALL

here=${0%/*}
directory=$1
source=$2
shift 2

# json <text>: sets string
json() {
	case "$1" in
	*[\\\"]*) string=\"$(printf '%s' "$1" | sed 's/[\\"]/\\&/g')\" ;;
	*) string=\"$1\" ;;
	esac
}

command=$(printf '%s\n' "$@" | awk -f "$here/reading-flags.awk" "${here%/*}/reading-flags.txt" -)
compiler=${command%% -*}
options="-idirafter $directory/include -imacros $directory/guards.hpp -include $directory/own.hpp"
[ -d "$directory" ] || mkdir -p "$directory"
for file in own.hpp guards.hpp; do
	[ -e "$directory/$file" ] || : > "$directory/$file"
done
json "$PWD"
entry="{\"directory\": $string"
json "$source"
entry="$entry, \"file\": $string"
json "$compiler $options${command#"$compiler"}"
printf '%s\n' "$entry, \"command\": $string}" > "$directory/command.json"
