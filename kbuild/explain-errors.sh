#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: explain-errors.sh <compiler> <argument>…      the compiler's output is the standard input
#
# Explains why the C++ compiler refused a source: prints which header declares an unknown name, and from remedies.tsv
# what to write instead. The compiler's own advice is for user space. Reads English only, with ' for quotes.

here=${0%/*}
output=$(cat)
explained=
if [ -n "${KCXX_BINDINGS-}" ]; then
	advice=$(printf '%s\n' "$output" | sh "$here/bindgen/undeclared.sh" "$KCXX_BINDINGS")
	printf '%s\n' "$advice" | sed '/^explained /d; /^$/d'
	explained=$(printf '%s\n' "$advice" | sed -n 's/^explained //p' | tr '\n' ' ')
fi
case " $* " in *" -include "*) printf '%s\n' "$output" | sh "$here/included-headers.sh" "$@" ;; esac
for source in "$@"; do :; done # the last argument
printf '%s\n' "$output" |
	LC_ALL=C awk -v source="$source" -v own="$here/include" -v passed_over="$explained" -f "$here/remedies.awk" "$here/remedies.tsv" -
