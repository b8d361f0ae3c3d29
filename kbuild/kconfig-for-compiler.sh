#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: kconfig-for-compiler.sh <kernel directory> <C compiler> [<argument>…]
#
# Prints the answers that Kconfig would give for this C compiler, as variables for
# make's command line, where they override the kernel's include/config/auto.conf.
# The kernel's own Makefiles then choose the flags that this compiler has for the
# same purposes. Prints nothing for a compiler of the kernel's own family and major
# version. Headers still read autoconf.h as it is, so layouts stay.
#
# Status: 1 if this is no C compiler.

here=$(cd "${0%"${0##*/}"}." && pwd)
. "$here/family-options.sh"
config=$1/include/config/auto.conf
shift

identity=$(sh "$here/compiler-identity.sh" c "$@") || exit 1
IFS='|' read -r family version _ <<END
$identity
END
# 12.2.0 is 120200 in Kconfig
number=$(echo "$version" | (IFS=. read -r major minor patch; echo $((major * 10000 + minor * 100 + patch))))

configured() {
	sed -n "s/^CONFIG_$1=//p" "$config"
}

# answer <option> <value, or nothing>: prints the variable, unless Kconfig gave the same answer
answer() {
	[ "$(configured "$1")" = "$2" ] || echo "CONFIG_$1=$2"
}

# instead <option> <other option>: if the first is set, sets the other one, for the same purpose, in its place
instead() {
	[ "$(configured "$1")" != y ] || { answer "$1" '' && answer "$2" y; }
}

takes() {
	: | timeout -k 1 10 "$@" -Werror -x c -c -o /dev/null - 2>/dev/null
}

[ "$(configured CC_IS_CLANG)" = y ] && of_kernel=Clang built=$(configured CLANG_VERSION) ||
	of_kernel=GCC built=$(configured GCC_VERSION)
[ "$family:$((number / 10000))" != "$of_kernel:$((${built:-0} / 10000))" ] || exit 0

# The compiler
# --------------------------------------------------------------------------

if [ "$family" = Clang ]; then
	answer CC_IS_CLANG y
	answer CLANG_VERSION "$number"
	answer CC_IS_GCC ''
	answer GCC_VERSION 0
else
	answer CC_IS_GCC y
	answer GCC_VERSION "$number"
	answer CC_IS_CLANG ''
	answer CLANG_VERSION 0
fi

# Flags that the options below stand for, where this compiler has them
# --------------------------------------------------------------------------

# Function alignment, on which call thunks and FineIBT depend; without this flag by -falign-functions
takes "$@" -fmin-function-alignment=8 || answer CC_HAS_MIN_FUNCTION_ALIGNMENT ''

# The stack protector's guard of each task, on RISC-V: this kernel has no global guard
if [ "$(configured CC_HAVE_STACKPROTECTOR_TLS)" = y ] && ! takes "$@" -mstack-protector-guard=tls \
	-mstack-protector-guard-reg=tp -mstack-protector-guard-offset=0; then
	answer STACKPROTECTOR_PER_TASK ''
	answer STACKPROTECTOR_STRONG ''
	answer STACKPROTECTOR ''
fi

[ "$family" != "$of_kernel" ] || exit 0

# Instrumentation: each compiler's calls and tables are its own, so the module has none
for option in $(options_bound instrumentation); do
	answer "$option" ''
done

if [ "$family" = Clang ]; then
	# ftrace entries on x86: objtool lists them, because only GCC has -mrecord-mcount. It turns them into
	# NOPs only for a kernel that expects that; before Linux 6.2 it always did, and recordmcount never.
	if [ "$(configured HAVE_OBJTOOL_NOP_MCOUNT)" = y ]; then
		instead FTRACE_MCOUNT_USE_CC FTRACE_MCOUNT_USE_OBJTOOL
		answer HAVE_OBJTOOL_NOP_MCOUNT ''
	else
		instead FTRACE_MCOUNT_USE_CC FTRACE_MCOUNT_USE_RECORDMCOUNT
	fi
	answer CC_IMPLICIT_FALLTHROUGH -Wimplicit-fallthrough	# the =5 is GCC's
	answer CC_NO_ARRAY_BOUNDS ''			# GCC's false alarms
	answer CC_NO_STRINGOP_OVERFLOW ''		# GCC's false alarms
	# GCC's named address spaces, in the headers since Linux 6.10: Clang accepts them, but loses
	# the segment where inline assembly names such a variable, as each this_cpu_inc() does. (In
	# one word, for make's command line.)
	[ "$(configured CC_HAS_NAMED_AS)" != y ] || echo "CFLAGS_MODULE=-include$here/no-named-address-spaces.h"
else
	answer CC_IMPLICIT_FALLTHROUGH -Wimplicit-fallthrough=5	# GCC's name
fi
