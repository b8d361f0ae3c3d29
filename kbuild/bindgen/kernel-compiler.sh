# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
#
# Sourced behind flags.sh: the kernel's C compiler, and where the kernel's headers are.

# Compiles declarations that are preprocessed, but for the macros of $own_macros, words of a shell
cc_preprocessed() {
	eval "$KCXX_CC $(printf '%s' "$KCXX_C_FLAGS" | sed 's/-include [^ ]*//g') ${own_macros-}" -w -x c '"$@"'
}

# The kernel's own folders, each behind a colon: C++ has none of them.
kernel_folders=
rest=$KCXX_C_FLAGS
while case "$rest" in *-I*) ;; *) false ;; esac; do
	rest=${rest#*-I}
	case " $KCXX_CXX_FLAGS " in *" -I${rest%% *} "*) ;; *) kernel_folders="$kernel_folders:${rest%% *}" ;; esac
done
