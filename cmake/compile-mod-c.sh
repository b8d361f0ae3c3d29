#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: compile-mod-c.sh <kcxx's include directory> <gcc> <argument>…
#
# Compiles <module>.mod.c, modpost's C, for Makefile.modfinal, which runs this script as $(CC). A module of one C++ file
# would take as long for <linux/module.h> as for its own source. So GCC gets that header precompiled, from the second
# module on that is linked for a kernel with the same flags. The object is the same (tests/build/test_mod_c.py).
#
# kcxx's cache has the precompiled header. GCC looks whether it was made by the same compiler with the same flags; this
# script looks whether one of the headers in it has changed. If anything fails, GCC compiles as Makefile.modfinal asked.

own_includes=$1
shift
most=12 # entries, of 50 MB

for source in "$@"; do :; done
case "$source" in *.mod.c) ;; *) exec "$@" ;; esac

newline='
'

# Sets @entry to the place of the precompiled header for a compiler and arguments
find_entry() { # <text of the header> <gcc> <argument>…
	here=
	case " $*" in *' -I.'* | *' ./'*) here=$PWD ;; esac
	key=$(printf '%s\n' "$here" "$@" | sha256sum) || return
	entry=${KCXX_CACHE:-${XDG_CACHE_HOME:-${HOME:-/dev/null}/.cache}/kcxx}/mod-c/${key%% *}
}

# state: the dates and sizes of all headers
state() {
	xargs ls -lL --full-time < "$entry/headers"
}

precompile() { # <text of the header> <gcc> <argument>…
	header=$1
	shift
	rm -f "$entry/module.h.gch"
	printf '%s' "$header" > "$entry/module.h" &&
		"$@" -MD -MF "$entry/dependencies" -x c-header -o "$entry/new" "$entry/module.h" &&
		awk '{ for (i = 1; i <= NF; i++) if ($i != "\\" && $i !~ /:$/) print $i }' "$entry/dependencies" |
		sort -u | xargs realpath > "$entry/headers" &&
		state > "$entry/state" &&
		mv "$entry/new" "$entry/module.h.gch" &&
		sh "${0%/*}/keep-newest.sh" "${entry%/*}" $most
}

# Returns 1 where there is no precompiled header, or none of today's headers. The first module leaves a directory, and the
# second one the header; others do not wait for it.
has_header() { # <text of the header> <gcc> <argument>…
	if [ ! -d "$entry" ]; then
		mkdir -p "$entry"
		return 1
	fi
	[ -O "$entry" ] || return # modules are made of it
	[ ! -e "$entry/failed" ] || return
	if [ ! -e "$entry/module.h.gch" ] || ! state | cmp -s - "$entry/state"; then
		(flock -n 9 && { precompile "$@" || { : > "$entry/failed" && false; }; }) 9> "$entry/lock" || return
	fi
}

# compile <gcc> <argument>…: with the precompiled header
compile() {
	names=
	header=
	object=
	dependencies=
	previous=
	for argument in "$@"; do
		shift
		case "$previous" in
		-o) object=$argument ;;
		-include) header="$header#include \"$argument\"$newline" ;;
		esac
		case "$previous" in -o | -include)
			previous=
			continue
			;;
		esac
		previous=$argument
		case "$argument" in
		-fplugin=*) return 1 ;; # it may have a state of its own
		-o | -include | -c | "$source" | "-I$own_includes") continue ;;
		-Wp,-MMD,*)
			dependencies=${argument#-Wp,-MMD,}
			continue
			;;
		-D__KBUILD_*=* | -DKBUILD_*=*)
			value=${argument#-D}
			names="$names#undef ${value%%=*}$newline#define ${value%%=*} ${value#*=}$newline"
			case "$argument" in
			-D__*) argument="${argument%%=*}=kmod_kcxx" ;;
			*) argument="${argument%%=*}=\"kcxx\"" ;;
			esac
			;;
		esac
		set -- "$@" "$argument"
	done
	read -r first < "$source" || return
	[ "$first" = '#include <linux/module.h>' ] || return
	header=$header$first$newline
	find_entry "$header" "$@" && has_header "$header" "$@" || return
	written=${object%.o}.names.h
	printf '%s' "$names" > "$written"
	"$@" -Winvalid-pch -Werror=invalid-pch -include "$entry/module.h" -include "$written" -c -o "$object" "$source" 2> "$written.errors" || {
		rm -f "$written"
		return 1
	}
	cat "$written.errors" >&3
	# GCC does not name the headers that come precompiled.
	{
		printf '%s: %s ' "$object" "$source"
		tr '\n' ' ' < "$entry/headers"
	} > "$dependencies"
}

{ compile "$@" 3>&2 2> /dev/null; } || exec "$@"
