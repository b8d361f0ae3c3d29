#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: refusal.sh <source> <errors>
#
# The C compiler refused the kernel's headers as a C++ source includes them. Prints what to do.

source=$1
errors=$2

missing=$(sed -n "s/.*fatal error: [' ]*\([^ :']*\)[':].*\(No such file or directory\|file not found\).*/\1/p" "$errors" | sed 1q)
stopped=$(sed -n 's/.*error: #error \(.*\)/\1/p' "$errors" | sed 1q)
first=$(sed -n 's/^\([^:]*:[0-9]*\):.* error: \(.*\)/\1: \2/p' "$errors" | sed 1q)

if [ -n "$missing" ]; then
	cat <<-END
	$source: error: kcxx: this kernel has no such header
	  found:  #include <$missing>
	  needed: a header that is in the kernel's include folders
	  fix:    another name; or #if __has_include(<$missing>) around it, if only some kernels have it
	END
elif [ -n "$stopped" ]; then
	cat <<-END
	$source: error: kcxx: a header of the kernel's refuses to be included here
	  found:  #error $stopped
	  needed: the header that it names, or another order: C refuses it likewise
	  fix:    include what is to come before it, first
	END
else
	cat <<-END
	$source: error: kcxx: C itself refuses the kernel's headers as this source includes them
	  found:  $first
	  needed: the header that declares what is missing, before the one that uses it
	  fix:    include it first, as a C source has to
	END
fi
