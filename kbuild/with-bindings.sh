#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: KCXX_BINDINGS=<directory> with-bindings.sh <flags.sh> <compiler> <argument>…
#
# Compiles a C++ source by compile-cxx.sh. Where it includes the kernel's headers, makes bindings for it first
# (bindgen/bindgen.sh), which the compiler then reads in their place; links into the object the C functions that
# these need; and adds to the dependencies the files that they were made from.
#
# KCXX_ANALYSIS=y|<Clang>|"auto <Clang>": Clang reads the source as well (analyses.sh), while the compiler compiles it; n: not.
#
# KCXX_EDITOR=<directory>: notes there how an editor has to read the source; CMake has other notes. After
# compile-commands.sh made a compile_commands.json, a build keeps it and the editor's bindings up to date.

set -e

here=${0%/*}
flags=$1
shift
[ "${KCXX_ANALYSIS-}" != n ] || KCXX_ANALYSIS=

object=
source=
depfile=
previous=
for argument in "$@"; do
	case "$previous" in
	-o) object=$argument ;;
	-c) source=$argument ;;
	-MF) depfile=$argument ;;
	esac
	case "$argument" in -Wp,-MMD,* | -Wp,-MD,*) depfile=${argument##*,} ;; esac
	previous=$argument
done
case "$source" in -*) source=$previous ;; esac

folder=$KCXX_BINDINGS
. "$here/forced-headers.sh"

if [ -n "${KCXX_EDITOR-}" ]; then
	sh "$here/bindgen/editor-command.sh" "$KCXX_EDITOR" "$source" "$@" || :
	module=${KCXX_EDITOR%/.kcxx/editor/*}
	if grep -qs '/\.kcxx/editor/' "$module/compile_commands.json"; then # another program's stays as it is
		sh "$here/bindgen/compile-commands.sh" "$module" || :
		compiled=0
		KCXX_EDITOR='' sh "$0" "$flags" "$@" || compiled=$?
		sh "$here/bindgen/refresh-editor.sh" "$flags" "$KCXX_EDITOR" "$source" "$@" || :
		exit "$compiled"
	fi
fi

# Headers of the library's and of C++ alone need none of it, and most objects have no others.
others=$(forced_headers "$@")
[ -n "$others" ] || others=$(sed -n -e '/__has_include/{p;q;}' -e 's/^.*\(#\|%:\)[[:space:]]*include//' -e 't included' -e b -e ': included' \
	-e '/^[[:space:]]*<\(kernel\/[a-z_/]*\.hpp\|[a-z_]*\)>/!{p;q;}' "$source")
if [ -z "$others" ]; then
	[ ! -d "$folder" ] || rm -rf "$folder"
else
	# Two builds at once, an editor's and a person's, may compile the same object.
	if [ -z "${KCXX_LOCKED-}" ] && command -v flock > /dev/null; then
		mkdir -p "${folder%/*}"
		KCXX_LOCKED=y KCXX_EDITOR='' exec flock "$folder.lock" sh "$0" "$flags" "$@"
	fi
	sh "$here/bindgen/bindgen.sh" "$flags" "$folder" "$source" "$@"
fi

. "$here/bindgen/add-bindings.sh"
if [ -z "${KCXX_ANALYSIS-}" ]; then
	sh "$here/compile-cxx.sh" "$@"
else
	# Both compilers at once. The errors of the one that makes the object are enough.
	sh "$here/analyses.sh" "$flags" "$object" "$@" > "$object.analysis" 2>&1 &
	trap 'kill "$!" 2> /dev/null || :; rm -f "$object.analysis"' EXIT
	sh "$here/compile-cxx.sh" "$@"
	analysed=0
	wait "$!" || analysed=$?
	trap - EXIT
	cat "$object.analysis" >&2
	rm -f "$object.analysis"
	if [ "$analysed" -ne 0 ]; then
		rm -f "$object"
		exit "$analysed"
	fi
fi

# The object calls C functions of its own bindings, of the library's, or of both.
[ ! -d "$folder" ] || sh "$here/bindgen/wrappers.sh" "$flags" "$folder" "$object" "$@"
library=${flags%/*}/library
[ ! -s "$library/wrapped" ] || sh "$here/bindgen/wrappers.sh" "$flags" "$library" "$object" "$@"

if [ -n "$depfile" ] && [ -d "$folder" ]; then
	LC_ALL=C awk -v own="$folder/" '
		FILENAME == ARGV[1] { headers[++n] = $0; next }
		{
			for (i = 1; i <= NF; i++) {
				if ($i == "\\" || index($i, own) == 1) continue
				printf "%s%s", target ? " \\\n  " : "", $i
				target = 1
			}
		}
		END { for (k = 1; k <= n; k++) printf " \\\n  %s", headers[k]; print "" }' "$folder/headers" "$depfile" > "$depfile.with"
	mv "$depfile.with" "$depfile"
fi
