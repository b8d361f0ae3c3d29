#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: ktry-places.sh <object> <compiler> <argument>…
#
# Prints where KTRY() would leave objects behind, a line each: runs ktry-places.awk on the preprocessed
# source, after it found places in the source as it is.

preprocessed=$1.ii
shift
here=${0%/*}
trap 'rm -f "$preprocessed"' EXIT

. "$here/drop-outputs.sh"
# With -E, -c is unused; Clang warns of that in spite of -w.
LC_ALL=C "$@" -E -w -Wno-unused-command-line-argument > "$preprocessed" || exit 1
LC_ALL=C awk -v own="$here/include/" -v preprocessed=y -f "$here/ktry-places.awk" "$preprocessed"
