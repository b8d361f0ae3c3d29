#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: compile-cxx.sh <compiler> <argument>…
#
# Runs the C++ compiler. When it refuses a source, adds the output of explain-errors.sh.

english=
case "${LANGUAGE:-${LC_ALL:-${LC_MESSAGES:-${LANG:-C}}}}" in C | C.* | POSIX | en | en[_.@:]*) english=y ;; esac

if [ -t 2 ] || [ -z "$english" ]; then
	# The compiler prints in colour and in the user's language. If it fails, it runs once more, in plain English.
	"$@" && exit 0
	status=$?
	output=$(LC_ALL=C "$@" -fdiagnostics-color=never 2>&1)
else
	output=$("$@" 2>&1)
	status=$?
	[ -z "$output" ] || printf '%s\n' "$output" >&2
	[ "$status" -ne 0 ] || exit 0
	# Removes typographic quotes, and colours that the arguments ask for
	output=$(printf '%s\n' "$output" |
		LC_ALL=C sed "s/$(printf '\342\200')[$(printf '\230\231')]/'/g; s/$(printf '\033')\[[0-9;]*[mK]//g")
fi

printf '%s\n' "$output" | sh "${0%/*}/explain-errors.sh" "$@" >&2
exit "$status"
