#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: archive-objects.sh <facts.sh> <library.a> <object>…
#
# Makes the archive of a STATIC library of add_kernel_library(): a thin one, which names its objects. Leaves their
# paths in <library>.a.members, a line each, so that link-module.sh recognises them.

set -e

facts=$1
archive=$2
shift 2
. "$facts"

rm -f "$archive" "$archive.members"
$AR cDPrsT "$archive" "$@"
realpath "$@" > "$archive.members"
