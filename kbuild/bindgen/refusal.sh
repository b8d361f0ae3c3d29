#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: refusal.sh <source> <errors> <kernel's folders, behind a colon each>
#
# The C compiler refused headers as a C++ source includes them: the kernel's, or the project's that are C. Prints what to
# do. An error in the source's own directives needs no more than the compiler wrote.

source=$1
errors=$2
kernel_folders=$3

first=$(sed -n 's/^\([^:]*:[0-9]*\):.*error: \(.*\)/\1: \2/p' "$errors" | sed 1q)
path=${first%%:*}
line=${first#*:}
line=${line%%:*}
text=$(sed -n "${line:-1}p" "$path" 2> /dev/null)
own=y # a header of the project's
_rest=$kernel_folders:
while [ -n "${_rest#:}" ]; do
	_folder=${_rest%%:*}
	_rest=${_rest#*:}
	[ -z "$_folder" ] || case "$path" in "$_folder"/*) own= ;; esac
done

# explain <what> <found> <needed> <fix>
explain() {
	printf '%s: error: kcxx: %s\n  found:  %s\n  needed: %s\n  fix:    %s\n' "$source" "$@"
}

case "$first" in
*': No such file or directory' | *"file not found")
	missing=$(printf '%s\n' "$text" | sed -n 's/^.*include[[:space:]]*\([<"][^>"]*[>"]\).*/\1/p')
	case "$missing" in
	'"'*)
		explain 'a header that is included is not there' "#include $missing in $path:$line" \
			'a file of the project, or a header in the kernel'\''s include folders' \
			'its name; or -I<its folder> in ccflags-y, target_include_directories() in CMake'
		;;
	*)
		explain 'this kernel has no such header' "#include $missing" "a header that is in the kernel's include folders" \
			"another name; or #if __has_include($missing) around it, if only some kernels have it"
		;;
	esac
	;;
*nested*) explain 'a header includes itself, without an end' "$first" 'an include guard' '#pragma once as its first line' ;;
*unterminated*) ;;
*)
	case "$text" in
	*'#'*error*)
		explain 'a header refuses to be included here' "${text#"${text%%'#'*}"}" \
			'the header that it names, or another order: C refuses it likewise' 'include what is to come before it, first'
		;;
	*)
		if [ "$path" = "$source" ]; then
			:
		elif [ -n "$own" ]; then
			explain 'C refuses a header of the project, which is read as C' "$first" \
				'C: nothing in the header is known to be C++' \
				"mend it, or include before it what it needs; or name it ${path##*/}pp, if it is C++"
		else
			explain "C itself refuses the kernel's headers as this source includes them" "$first" \
				'the header that declares what is missing, before the one that uses it' 'include it first, as a C source has to'
		fi
		;;
	esac
	;;
esac
