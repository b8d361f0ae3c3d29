#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: other-compiler.sh <kernel directory> <C compiler> [<argument>…]
#
# What Kconfig would answer, had the kernel been configured with this C compiler:
# as variables for make's command line, where they win over the kernel's
# include/config/auto.conf. The kernel's own Makefiles then give the flags that
# the compiler has for the same purposes. Nothing for a compiler of the kernel's
# own family and major version. Headers see autoconf.h as it is: layouts stay.
#
# Status: 1 if this is no C compiler.

here=$(cd "$(dirname "$0")" && pwd)
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

# answer <option> <value, or nothing>: unless that is what Kconfig did answer
answer() {
	[ "$(configured "$1")" = "$2" ] || echo "CONFIG_$1=$2"
}

# instead <option> <other option>: what the one is for, by the other
instead() {
	[ "$(configured "$1")" != y ] || { answer "$1" '' && answer "$2" y; }
}

takes() {
	: | timeout -k 1 10 "$@" -Werror -x c -c -o /dev/null - 2>/dev/null
}

[ "$(configured CC_IS_CLANG)" = y ] && of_kernel=Clang built=$(configured CLANG_VERSION) ||
	of_kernel=GCC built=$(configured GCC_VERSION)
[ "$family:$((number / 10000))" != "$of_kernel:$((${built:-0} / 10000))" ] || exit 0

# Who compiles
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

# Function alignment, of which call thunks and FineIBT are made; else by -falign-functions
takes "$@" -fmin-function-alignment=8 || answer CC_HAS_MIN_FUNCTION_ALIGNMENT ''

# The stack protector's guard of each task, on RISC-V; a global one is not in the kernel
if [ "$(configured CC_HAVE_STACKPROTECTOR_TLS)" = y ] && ! takes "$@" -mstack-protector-guard=tls \
	-mstack-protector-guard-reg=tp -mstack-protector-guard-offset=0; then
	answer STACKPROTECTOR_PER_TASK ''
	answer STACKPROTECTOR_STRONG ''
	answer STACKPROTECTOR ''
fi

[ "$family" != "$of_kernel" ] || exit 0

# Instrumentation: each compiler's calls and tables are its own, so the module has none
for option in KASAN KCSAN UBSAN KCOV GCOV_KERNEL; do
	answer "$option" ''
done

if [ "$family" = Clang ]; then
	# ftrace entries on x86: listed by objtool, for -mrecord-mcount is GCC's. It makes NOPs of
	# them only for a kernel that expects it; before Linux 6.2 it always did, recordmcount never.
	if [ "$(configured HAVE_OBJTOOL_NOP_MCOUNT)" = y ]; then
		instead FTRACE_MCOUNT_USE_CC FTRACE_MCOUNT_USE_OBJTOOL
		answer HAVE_OBJTOOL_NOP_MCOUNT ''
	else
		instead FTRACE_MCOUNT_USE_CC FTRACE_MCOUNT_USE_RECORDMCOUNT
	fi
	answer GCC_PLUGINS ''				# GCC's
	answer CC_IMPLICIT_FALLTHROUGH -Wimplicit-fallthrough	# the =5 is GCC's
	answer CC_NO_ARRAY_BOUNDS ''			# GCC's false alarms
	answer CC_NO_STRINGOP_OVERFLOW ''		# GCC's false alarms
	# GCC's named address spaces, in the headers since Linux 6.10: Clang takes them, and forgets
	# the segment where assembler names such a variable, as each this_cpu_inc() does. (In one
	# word, for make's command line.)
	[ "$(configured CC_HAS_NAMED_AS)" != y ] || echo "CFLAGS_MODULE=-include$here/without-named-as.h"
else
	answer CC_IMPLICIT_FALLTHROUGH -Wimplicit-fallthrough=5	# GCC's name
fi
