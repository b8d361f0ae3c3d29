#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: modpost.sh <modpost> <names> <argument>…
#
# Runs modpost with the lines of the kernel's Module.symvers that have a name of the module's symbols: modpost reads each
# of 30,000 lines into a table, which takes ten times as long as grep takes to read them. <names> has a name a line.

set -e

modpost=$1
names=$2
shift 2

# run <argument>…: modpost with a shorter Module.symvers; fails where there is none
run() {
	previous=
	shorter=
	for argument in "$@"; do
		shift
		if [ "$previous" = -i ] && [ "${argument##*/}" = Module.symvers ]; then
			shorter=${names%/*}/kernel.symvers
			# modpost itself adds this name, for the version of struct module.
			echo module_layout | LC_ALL=C grep -wF -f - -f "$names" "$argument" > "$shorter"
			argument=$shorter
		fi
		previous=$argument
		set -- "$@" "$argument"
	done
	[ -n "$shorter" ] || return 1
	remarks=$("$modpost" "$@" 2>&1)
}

# With -w, symbols that are not found are no errors. All errors are those of the whole file.
case " $* " in
*' -w '*) ;;
*)
	if run "$@"; then
		[ -z "$remarks" ] || printf '%s\n' "$remarks" >&2
		exit
	fi
	;;
esac
exec "$modpost" "$@"
