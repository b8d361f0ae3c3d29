#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: pahole.sh <pahole> <argument>…
#
# Runs pahole for modules with C++ in them: it skips C++ units, on which it would
# fail, and the C units get their BTF. If pahole cannot skip them, the module has no
# BTF, which only BPF programs that trace it miss, and one line reports it.
#
# pahole runs in one thread: with the kernel's -j, the threads' order becomes the order
# of the types, and the same sources give another module each time.

pahole=$1
shift

# Every C++ name that pahole 1.24 knows; in DWARF 5, c++14 stands for C++17 to 23.
excluded=rust,c++,c++03,c++11,c++14

# A pahole older than the kernel's configuration may not know all its options either.
if ! "$pahole" "$@" --lang_exclude=c++14 --version >/dev/null 2>&1; then
	for module in "$@"; do
		case "$module" in --btf_encode_detached=*)
			# The kernel's gen-btf.sh continues with this file: BTF that holds no type
			printf '\237\353\001\000\030\000\000\000%b\001\000\000\000\000' \
				'\0\0\0\0\0\0\0\0\0\0\0\0' > "${module#*=}"
		esac
	done
	echo "kcxx: $module gets no BTF: '$pahole' is missing, cannot pass over C++ (1.24 can), or does not know this kernel's options" >&2
	exit 0
fi

# While it skips C++, pahole still warns of tags that it does not know, and of arguments
# of functions that GCC cloned: these warnings are dropped. Its other output is passed on,
# and so is its status.
{ remarks=$("$pahole" "$@" --lang_exclude="$excluded" -j1 2>&1 >&3); } 3>&1
status=$?
printf '%s' "$remarks" | grep -v -E \
	"^die__[a-z_]+: tag not supported|^ftype__recode_dwarf_types: couldn't find |^$" >&2
exit "$status"
