#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: pahole.sh <pahole> <argument>…
#
# pahole for modules with C++ in them: it passes C++ units over, on which it
# fails, and the C units get their BTF. Without a pahole that can, the module
# has no BTF, which only BPF programs that trace it miss; one line says so.

pahole=$1
shift

# Every C++ name that pahole 1.24 knows; in DWARF 5, C++17 to 23 go by c++14.
excluded=rust,c++,c++03,c++11,c++14

# One that is older than the kernel's configuration may not know all the options either.
if ! "$pahole" "$@" --lang_exclude=c++14 --version >/dev/null 2>&1; then
	for module in "$@"; do
		case "$module" in --btf_encode_detached=*)
			# The kernel's gen-btf.sh goes on with this file: BTF that holds no type
			printf '\237\353\001\000\030\000\000\000%b\001\000\000\000\000' \
				'\0\0\0\0\0\0\0\0\0\0\0\0' > "${module#*=}"
		esac
	done
	echo "kcxx: $module gets no BTF: '$pahole' is missing, cannot pass over C++ (1.24 can), or does not know this kernel's options" >&2
	exit 0
fi

# While it skips C++ it still remarks on tags it does not know, and on arguments of
# functions that GCC cloned: not the user's concern. Anything else it says is passed
# on, and so is its status.
{ remarks=$("$pahole" "$@" --lang_exclude="$excluded" 2>&1 >&3); } 3>&1
status=$?
printf '%s' "$remarks" | grep -v -E \
	"^die__[a-z_]+: tag not supported|^ftype__recode_dwarf_types: couldn't find |^$" >&2
exit "$status"
