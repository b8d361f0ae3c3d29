#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: compiler-identity.sh c|c++ <compiler> [<argument>…]
#
# Identifies a compiler by its behaviour, not by its version text:
#
#	GCC|12.2.0|x86_64-linux-gnu|/usr/include/c++/12|…
#
# Prints family, version, target, and the directories of its own and the standard
# library's headers, never the C library's. Prints nothing, with status 1, if the
# command does not preprocess that language within ten seconds; status 2 for a
# compiler of another family, even if it defines __GNUC__.

language=$1
shift

# The braces hide bash's warning of NULs in the output.
{
	output=$(printf '%s\n' \
		'#if defined(__EDG__) || defined(__INTEL_COMPILER) || defined(__NVCOMPILER) || defined(__TINYC__)' \
		'kcxx_is another' \
		'#elif defined(__clang__)' \
		'kcxx_is Clang __clang_major__ __clang_minor__ __clang_patchlevel__' \
		'#elif defined(__GNUC__)' \
		'kcxx_is GCC __GNUC__ __GNUC_MINOR__ __GNUC_PATCHLEVEL__' \
		'#else' \
		'kcxx_is another' \
		'#endif' |
		LC_ALL=C timeout -k 1 10 "$@" -E -P -v -x "$language" - 2>&1)
} 2>/dev/null || exit 1

family=
version=
target=
directories=
searched=
while read -r first second third fourth fifth _; do
	case "$first" in
	kcxx_is)
		family=$second
		version=$third.$fourth.$fifth
		;;
	Target:) target=$second ;;
	'#include')
		# "#include <...> search starts here:", in whatever language
		[ "$second" != '<...>' ] || searched=y
		;;
	/*)
		[ -n "$searched" ] || continue
		directory=$first${second:+ $second}
		# cstddef: the library; c++config.h: its part for the target; stddef.h: the compiler's
		# own, or else the C library's, which has unistd.h as well.
		if [ -e "$directory/cstddef" ] || [ -e "$directory/bits/c++config.h" ] ||
			{ [ -e "$directory/stddef.h" ] && ! [ -e "$directory/unistd.h" ]; }; then
			directories="$directories|$(cd "$directory" && pwd -P)"
		fi
		;;
	*) searched= ;;
	esac
done <<END
$output
END

case "$family" in
GCC | Clang | '') ;;
*) exit 2 ;;
esac
case "$version" in
*[!0-9.]* | .* | *. | '') exit 1 ;;
esac
printf '%s|%s|%s%s\n' "$family" "$version" "${target:--}" "$directories"
