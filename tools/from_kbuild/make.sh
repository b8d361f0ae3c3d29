#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# kcxx new --from: replaces make while a project builds itself in a copy. list-objects.mk records each call of Kbuild,
# and Kbuild then runs for the chosen kernel; every other call goes to make.
#
# Environment:
#   KCXX_REAL_MAKE   make
#   KCXX_KERNEL      the kernel's build directory, which replaces the one that the project names
#   KCXX_VARIABLES   make's variables for that kernel, a line each
#   KCXX_JOBS        number of compilers that run at once; 0: only record, build nothing; -1: do not record, either
#   KCXX_LISTER      list-objects.mk
#   KCXX_PROJECT     the copy
#   KCXX_CALLS       the folder that gets <number>, <number>.if and <number>.status for each call of Kbuild

extmod=
for word; do
	case "$word" in
	M=* | KBUILD_EXTMOD=*) extmod=${word#*=} ;;
	SUBDIRS=*) extmod=${word#*=}; set -- "$@" "M=$extmod" ;; # before Linux 5.3
	esac
done
if [ -z "$extmod" ]; then
	exec "$KCXX_REAL_MAKE" "$@" MAKE="$0"
fi
case "$extmod" in
/*) set -- "$@" "M=$(cd "$extmod" && pwd -P)" ;; # a DKMS tree is a link to the copy
esac

# Remove the kernel's folder and the goals from the words.
goals=
previous=
for word; do
	shift
	case "$previous$word" in
	-C | --directory) previous=$word; continue ;;
	-C* | --directory*) previous=; continue ;;
	-[fIoWj] | -* | *=* | [0-9]*) set -- "$@" "$word" ;;
	*) goals="$goals $word" ;;
	esac
done
[ "$KCXX_JOBS" -ge 0 ] || exit 0
case "$goals " in *clean\ * | *install\ * | *\ help\ *) exit 0 ;; esac

newline='
'
IFS=$newline
set -f
# shellcheck disable=SC2086 # a word a line
set -- "$@" $KCXX_VARIABLES MAKE="$KCXX_REAL_MAKE"
set +f
unset IFS

number=0
while [ -e "$KCXX_CALLS/$number" ]; do
	number=$((number + 1))
done
KCXX_RECORD=$KCXX_CALLS/$number
export KCXX_RECORD
: > "$KCXX_RECORD"

list() {
	"$KCXX_REAL_MAKE" -k -C "$KCXX_KERNEL" "$@" "build=-f $KCXX_LISTER obj" kcxx-list/
}
list "$@"

# Record once more, with names for the values of the options that the makefiles mention: a variable such as
# pump-$(CONFIG_PM) then has the name of the option.
options=$(sed -n "s|^makefile $KCXX_PROJECT/|$KCXX_PROJECT/|p" "$KCXX_RECORD" | sort -u | while read -r makefile; do
	tr -cs 'A-Za-z0-9_' '\n' < "$makefile"
done | grep '^CONFIG_.' | sort -u)
if [ -n "$options" ]; then
	(
		for option in $options; do
			set -- "$@" "$option=if-$option"
		done
		KCXX_RECORD=$KCXX_RECORD.if
		list "$@"
	) > /dev/null 2>&1
fi

[ "$KCXX_JOBS" -gt 0 ] || exit 0
"$KCXX_REAL_MAKE" -j "$KCXX_JOBS" -C "$KCXX_KERNEL" "$@" modules
status=$?
echo "$status" > "$KCXX_CALLS/$number.status"
exit "$status"
