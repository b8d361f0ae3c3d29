#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: keep-newest.sh <directory> <number>
#
# Removes all directories in <directory>, a part of kcxx's cache, but the <number> whose dates are the newest.

find "$1" -mindepth 1 -maxdepth 1 -type d -printf '%T@ %p\n' | sort -rn | sed "1,${2}d; s/^[^ ]* //" | xargs -r rm -rf
