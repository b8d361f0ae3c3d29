#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: KCXX_ANALYSIS=y|<Clang> analyze-cxx.sh <flags.sh> <C++ compiler> <argument>…
#
# Reads a C++ source that GCC compiles by Clang, for the analyses that Makefile.cxxflags names: locks, sleep in atomic
# context, references that dangle, objects that are used up; Clang 22 and newer also analyse lifetimes. Writes no
# object. y takes the newest Clang in the PATH. A compiler that is Clang has these analyses itself, and the
# runtime's sources are kcxx's: both are let pass.
#
# Status: 0, or 1 and Clang's errors with the output of explain-errors.sh.

here=${0%/*}
# shellcheck source=/dev/null # see Makefile.cxxfacts
. "$1"
shift

case "$KCXX_CXX_IDENTITY" in Clang*) exit 0 ;; esac
for argument in "$@"; do
	case "$argument" in "$KCXX_KBUILD"/runtime/*) exit 0 ;; esac
done

needed=$(sh "$here/min-tool-version.sh" clang++)

# Prints the newest Clang of those that Debian's packages install, then the one without a version
newest() {
	IFS=:
	# shellcheck disable=SC2086 # a list
	find $PATH -maxdepth 1 -name 'clang++*' 2> /dev/null | sed -n 's/.*\/\(clang++\(-[0-9]*\)\{0,1\}\)$/\1/p' |
		sort -t - -k 2,2nr -u | sed 1q
	unset IFS
}

clang=$KCXX_ANALYSIS
[ "$clang" != y ] || clang=$(newest)
# shellcheck disable=SC2086 # a command and its arguments
identity=$([ -z "$clang" ] || sh "$here/compiler-identity.sh" c++ $clang)
version=${identity#Clang|}
version=${version%%|*}
case "$identity" in
"Clang|"*) ;;
*) version=none ;;
esac
if [ "$version" = none ] || [ "${version%%.*}" -lt "${needed%%.*}" ]; then
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
	-o) next=object: ;;
	object:*) next= ;;
	-[gO]* | -W[!lap]*) ;;
	-c) set -- "$@" -fsyntax-only -Wno-everything $KCXX_ANALYSES $lifetimes ;;
	*) set -- "$@" "$argument" ;;
	esac
done
sh "$here/compile-cxx.sh" "$@"
