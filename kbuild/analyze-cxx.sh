#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: [KCXX_DEPENDENCIES=<file>] KCXX_ANALYSIS=y|<Clang>|"auto <Clang>" analyze-cxx.sh <flags.sh> <C++ compiler> <argument>…
#
# Reads a C++ source that GCC compiles by Clang, for the analyses that Makefile.cxxflags names: locks, sleep in atomic
# context, references that dangle, objects that are used up; Clang 22 and newer also analyse lifetimes. Writes no
# object, but into <file> what it read, for make. y takes the Clang of find-analyzer.sh. A compiler that is Clang has
# these analyses itself, and its source is let pass. With auto, which no user asked for, a source that Clang cannot
# read is let pass with a warning.
#
# Status: 0, or 1 and Clang's errors with the output of explain-errors.sh.

here=${0%/*}
# shellcheck source=/dev/null # see Makefile.cxxfacts
. "$1"
shift

case "$KCXX_CXX_IDENTITY" in Clang*) exit 0 ;; esac

needed=$(sh "$here/min-tool-version.sh" clang++)

clang=${KCXX_ANALYSIS#auto }
[ "$clang" != y ] || clang=$(sh "$here/find-analyzer.sh")
# shellcheck disable=SC2086 # a command and its arguments
identity=$([ -z "$clang" ] || sh "$here/compiler-identity.sh" c++ $clang)
version=${identity#Clang|}
version=${version%%|*}
case "$identity" in
"Clang|"*) ;;
*) version=none ;;
esac
if [ "$version" = none ] || [ "${version%%.*}" -lt "${needed%%.*}" ]; then
	case "$KCXX_ANALYSIS" in
	"auto "*)
		echo "warning: kcxx: $clang does not work, and did not analyse this source" >&2
		exit 0
		;;
	esac
	{
		echo "kcxx: KCXX_ANALYSIS without a Clang that can do it"
		echo "  found:  ${clang:-no clang++ in PATH}${identity:+, $version}"
		echo "  needed: clang++ $needed or newer"
		echo "  type:   apt install clang-${needed%%.*}, or build with KCXX_ANALYSIS=n"
	} >&2
	exit 1
fi

# Clang 22 has the analysis of lifetimes on trial.
case "$version" in
19.* | 20.* | 21.*) lifetimes= ;;
22.*) lifetimes='-Xclang -fexperimental-lifetime-safety -Werror=experimental-lifetime-safety-permissive' ;;
*) lifetimes=-Werror=lifetime-safety ;;
esac

# The words that decide how the source is read. The compiler's own are for the object, and Clang has other warnings.
command=$(printf '%s\n' "$@" | LC_ALL=C awk -f "$here/bindgen/reading-flags.awk" "$here/reading-flags.txt" -)
target=${KCXX_CXX_IDENTITY#*|*|}
next=
eval "set -- $clang --target=${target%%|*} -${command#* -}"
# shellcheck disable=SC2086 # a list of flags, after those of the compiler
for argument in "$@"; do
	shift
	case "$next$argument" in
	-o | -MF | -MT | -MQ) next=file: ;;
	file:*) next= ;;
	-[gO]* | -W[!lap]* | -MD | -MMD) ;;
	-c) set -- "$@" -fsyntax-only -Wno-everything $KCXX_ANALYSES $lifetimes ${KCXX_DEPENDENCIES:+-MD -MF "$KCXX_DEPENDENCIES"} ;;
	*) set -- "$@" "$argument" ;;
	esac
done
case "$KCXX_ANALYSIS" in
"auto "*) ;;
*) exec sh "$here/compile-cxx.sh" "$@" ;;
esac

output=$(sh "$here/compile-cxx.sh" "$@" 2>&1) && exit 0
# Errors of the analyses have the name of one.
unread=$(printf '%s\n' "$output" | sed -n '/error: /{/\[-Werror,/!p;}' | sed 1q)
if [ -n "$unread" ]; then
	cat >&2 <<-END
	warning: kcxx: $clang does not read this source, and did not analyse it
	  found: $unread
	  type:  KCXX_ANALYSIS=n, to build without the analyses; KCXX_ANALYSIS=$clang, for the whole message
	END
	exit 0
fi
printf '%s\n' "$output" >&2
exit 1
