#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: convert.sh [<option>…] <source.c>…
#
# Writes driver.cc from driver.c: what C++ needs and C does not. Clang reads the source with the flags that the
# kernel gives it; a kernel that GCC built has other flags for Clang, as kconfig-for-compiler.sh has them.
#
#   --program <file>     kcxx-convert
#   --kernel <release>|<directory>  the kernel; default: see find-kernel.sh
#   --module <name>      the module that the source is of; default: the source's name
#   --flag <flag>        a flag of the module's own, as ccflags-y has it; may be given again
#   --force              writes over a driver.cc that is there
#   --help               this
#
# Status: 0   all is converted
#         1   Kbuild gives no flags, or a file cannot be written
#         2   wrong call
#         3   a source is none of C that Clang takes
#         4   no kernel, or no Clang
#         8   places are left to a person; each is printed

here=$(cd "$(dirname "$0")" && pwd)
. "$here/usage.sh"
. "$here/shell-word.sh"

# The Clang that kcxx-convert is linked with
clang=19

help_wanted "$@"
program=kcxx-convert
kernel=
module=
force=
flags=
while [ $# -gt 0 ]; do
	case "$1" in
	--force) force=y; shift; continue ;;
	--program | --kernel | --module | --flag) [ $# -gt 1 ] || wrong_call "$1 without its value" ;;
	-*) wrong_call "unknown option '$1'" ;;
	*) break ;;
	esac
	case "$1" in
	--program) program=$2 ;;
	--kernel) kernel=$2 ;;
	--module) module=$2 ;;
	--flag)
		quote "$2"
		# shellcheck disable=SC2154 # set by quote
		flags="$flags $quoted"
		;;
	esac
	shift 2
done
[ $# -gt 0 ] || wrong_call 'no source'

# failed <status> <what> <found> <needed> <what to type>
failed() {
	printf 'kcxx: %s\n  found:  %s\n  needed: %s\n  type:   %s\n' "$2" "$3" "$4" "$5" >&2
	exit "$1"
}

for source in "$@"; do
	case "$source" in
	*.c) ;;
	*) failed 3 "$source is no source of C" "$source" 'a file driver.c' "kcxx convert ${source%.*}.c" ;;
	esac
	[ -r "$source" ] || failed 3 "$source cannot be read" "no $source" 'a source of C' 'ls *.c'
	output=${source%.c}.cc
	if [ -e "$output" ] && [ -z "$force" ]; then
		failed 3 "$output is there already" "$output" 'a name for what is written' "kcxx convert --force $source"
	fi
done

# The kernel's flags for Clang
# --------------------------------------------------------------------------

asked=$kernel
[ -d "$kernel" ] || kernel=$(sh "$here/find-kernel.sh" ${kernel:+"$kernel"})
[ -n "$kernel" ] || failed 4 'there is no kernel to convert for' "none ${asked:+of the name $asked }here" \
	'the headers of a kernel' "kcxx kernels get ${asked:-6.12}"
kernel=$(cd "$kernel" && pwd)
command -v "clang-$clang" > /dev/null || failed 4 'Clang is missing' "no clang-$clang in PATH" \
	'the compiler that kcxx convert reads C with' "apt install clang-$clang"

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
mkdir "$work/module"
printf 'kcxx-facts := flags\ninclude %s/Makefile.cxx\n' "$here" > "$work/module/Kbuild"
set -f
variables=$(sh "$here/make-variables.sh" --cc "clang-$clang" "$kernel" | sed "s/'/'\\\\''/g; s/.*/'&'/" | tr '\n' ' ')
if ! eval "${MAKE:-make}" -s -C '"$kernel"' 'M="$work/module"' "$variables" > "$work/kbuild" 2>&1; then
	cat "$work/kbuild" >&2
	failed 1 'Kbuild does not give the flags of this kernel for Clang' "$kernel" 'a kernel directory that builds modules' \
		"kcxx check --kernel $kernel"
fi
. "$work/module/.kcxx/flags.sh"

# The sources
# --------------------------------------------------------------------------

convert() {
	name=$(printf '%s' "${module:-$(basename "$1" .c)}" | tr -c 'A-Za-z0-9_' _)
	eval "set -- \"\$1\" \"\$2\" \"\$1\" $KCXX_C_FLAGS $flags"
	"$program" "$@" "-DKBUILD_MODNAME=\"$name\"" "-DKBUILD_MODFILE=\"$name\"" "-DKBUILD_BASENAME=\"$name\"" \
		"-D__KBUILD_MODNAME=kmod_$name"
}

status=0
for source in "$@"; do
	output=${source%.c}.cc
	if convert "$source" "$output"; then
		remark='nothing is left to do'
	else
		case $? in
		1) remark='the places above are left to do' result=8 ;;
		*) rm -f "$output"; remark='' result=3 ;;
		esac
		[ "$status" -eq 3 ] || status=$result
	fi
	if [ -n "$remark" ] && cmp -s "$source" "$output"; then
		remark="the text of $source, which C++ takes as it is"
	fi
	if [ -n "$remark" ]; then
		echo "$output: $remark"
	else
		printf 'kcxx: %s is not converted: Clang refuses it as C\n' "$source" >&2
	fi
done
exit "$status"
