#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: explain-errors.sh <compiler> <argument>…      what the compiler wrote is the standard input
#
# The C++ compiler refused a source. Prints which header declares what it does not know, and from remedies.tsv what to
# write instead: the compiler's own advice is meant for user space. Reads English alone, with ' for quotes.

here=${0%/*}
said=$(cat)
explained=
if [ -n "${KCXX_BINDINGS-}" ]; then
	advice=$(printf '%s\n' "$said" | sh "$here/bindgen/undeclared.sh" "$KCXX_BINDINGS")
	printf '%s\n' "$advice" | sed '/^explained /d; /^$/d'
	explained=$(printf '%s\n' "$advice" | sed -n 's/^explained //p' | tr '\n' ' ')
fi
case " $* " in *" -include "*) printf '%s\n' "$said" | sh "$here/included-headers.sh" "$@" ;; esac
for source in "$@"; do :; done # the last argument
printf '%s\n' "$said" |
	LC_ALL=C awk -v source="$source" -v own="$here/include" -v passed_over="$explained" -f "$here/remedies.awk" "$here/remedies.tsv" -
