#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: cxx.sh <compiler> <argument>…
#
# Runs the C++ compiler. When it refuses something the kernel has no place for,
# adds what to write instead: the compiler's own advice is meant for user space.

english=
case "${LANGUAGE:-${LC_ALL:-${LC_MESSAGES:-${LANG:-C}}}}" in C | C.* | POSIX | en | en[_.@:]*) english=y ;; esac

if [ -t 2 ] || [ -z "$english" ]; then
	# It has its colours and the person's language, and is run again where it refused something.
	"$@" && exit 0
	status=$?
	said=$(LC_ALL=C "$@" -fdiagnostics-color=never 2>&1)
else
	said=$("$@" 2>&1)
	status=$?
	[ -z "$said" ] || printf '%s\n' "$said" >&2
	[ "$status" -ne 0 ] || exit 0
	# Without typographic quotes, nor colours that were asked for
	said=$(printf '%s\n' "$said" |
		LC_ALL=C sed "s/$(printf '\342\200')[$(printf '\230\231')]/'/g; s/$(printf '\033')\[[0-9;]*[mK]//g")
fi

# The source is the last argument. It is named even where the compiler found the
# trouble in a header's macro or template: then by the line that led there.
for source in "$@"; do :; done

# remedy <pattern> <construct> <what to write instead>
remedy() {
	error=$(printf '%s\n' "$said" | grep -m1 -E "$1") || return 0
	case "$error" in
	"$source":*) ;;
	*)
		error=$(printf '%s\n' "$said" | grep -oE "$source:[0-9]+" | tail -n 1)
		error=${error:-$source}
		;;
	esac
	where=$(printf '%s\n' "$error" | sed -E 's/^([^:]*:[0-9]+).*/\1/')
	printf '%s: kcxx: %s\n  write instead: %s\n' "$where" "$2" "$3" >&2
}

remedy 'error:.*(exception handling disabled|with exceptions disabled)' \
	'exceptions do not exist in the kernel' \
	'a function that returns kernel::Result<T>, and KTRY(call()) to pass an error on'
remedy "error:.*(cannot use 'typeid'|'dynamic_cast' not permitted|use of (typeid|dynamic_cast) requires)" \
	'run-time type information does not exist in the kernel' \
	'a virtual function, or std::variant with std::visit'
remedy 'error:.*(SSE register|FP register|x87 register|general-regs-only|hardware floating|nofp)|error:.*(argument|return).*(float|double).*(without|requires|disabled)' \
	'floating point does not exist in the kernel' \
	'integers, scaled where needed (thousandths, Q16.16)'
remedy 'error: .?(linux|asm|uapi|net|scsi|media|sound|crypto|drm|acpi)/[^ ]*: No such file|.(linux|asm|uapi|net|scsi|media|sound|crypto|drm|acpi)/[^ ]*. file not found' \
	"the kernel's own headers are C, not C++" \
	'#include <kernel/….hpp>; or put what needs the header into a .c file of the module'
remedy "error: cannot call function .*AtomicContext::no_sleep' is held" \
	'this may sleep, and the caller holds a spinlock or reads under RCU' \
	'a block { … } around the guard that ends before the call; or kernel::Mutex in place of the spinlock'

exit "$status"
