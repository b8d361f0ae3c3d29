#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: keep-btf.sh <directory> <pahole.sh> <pahole> <argument>… <module.ko>
#
# Adds BTF to a module that has no C but modpost's. Keeps the section in <directory>, and adds it next time without
# pahole, which reads all of the kernel's BTF, if what it is made of is the same: modpost's C, the names in
# <directory>/names, the kernel's BTF, pahole and its arguments.

set -e

directory=$1
script=$2
pahole=$3
shift

base=
previous=
for argument in "$@"; do
	case "$argument" in
	--btf_encode_detached=*) exec sh "$@" ;; # pahole does not add the section
	esac
	[ "$previous" != --btf_base ] || base=$argument
	previous=$argument
done
module=$argument
pahole_file=$(command -v "$pahole") || exec sh "$@"
[ -n "$base" ] || exec sh "$@"

made_of=$(
	printf '%s\n' "$@"
	common=$directory/.module-common.o # Linux 6.12 has one
	set --
	[ ! -e "$common" ] || set -- "$common"
	cksum "${module%.ko}.mod.o" "$directory/names" "$@"
	ls -lL --full-time "$base" "$pahole_file" "$script"
)

kept=$directory/btf
if [ -e "$kept" ]; then
	was_made_of=
	while IFS= read -r line; do
		was_made_of="${was_made_of:+$was_made_of
}$line"
	done < "$kept.made-of"
	[ "$was_made_of" != "$made_of" ] || exec "$LLVM_OBJCOPY" --add-section .BTF="$kept" "$module"
	rm -f "$kept"
fi

sh "$@"
"$LLVM_OBJCOPY" --dump-section .BTF="$kept.$$" "$module" "$directory/without-use" 2> /dev/null || :
rm -f "$directory/without-use"
[ -e "$kept.$$" ] || exit 0 # the module has none: an objcopy may succeed without it
printf '%s\n' "$made_of" > "$kept.made-of"
mv "$kept.$$" "$kept"
