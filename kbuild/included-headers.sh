#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: included-headers.sh <compiler> <argument>…      the compiler's output is the standard input
#
# The compiler refused a C++ source. If the error is in a header that a flag -include of the project names, prints that
# the flag applies to C++ as well: such a flag mostly names a C header of the kernel.

here=${0%/*}
said=$(cat)
. "$here/forced-headers.sh"
object=
previous=
for argument in "$@"; do
	case "$previous" in -o) object=$argument ;; esac
	previous=$argument
done
for source in "$@"; do :; done # the last argument

# is_where_the_error_is <header>: the compiler prints its path, with the directory in which it was found
is_where_the_error_is() {
	printf '%s\n' "$said" | LC_ALL=C awk -v name="/${1#./}:" '
		{ sub(/^(In file included)? *from /, "") }
		index("/" $1, name) { found = 1 }
		END { exit !found }'
}

for header in $(forced_headers "$@"); do
	is_where_the_error_is "$header" || continue
	case "/$object" in
	*/CMakeFiles/*.dir/*)
		target=${object%%.dir/*}
		target=${target##*/}
		giver="target_compile_options($target)"
		fix="target_compile_options($target PRIVATE \"\$<\$<COMPILE_LANGUAGE:C>:SHELL:-include $header>\")"
		;;
	*)
		stem=${object##*/}
		stem=${stem%.o}
		giver='ccflags-y'
		fix="CFLAGS_<name>.o := -include $header for each object of C, and not ccflags-y; a header for C++ by cxxflags-y or CXXFLAGS_${stem%.c[cpx]*}.o"
		;;
	esac
	cat <<-END
	$source: error: kcxx: a flag includes a header of C into a C++ source
	  found: -include $header
	  why:   $giver gives it to C and C++ alike, and the error is in that header
	  fix:   $fix; or #ifndef __cplusplus around its C
	END
done
