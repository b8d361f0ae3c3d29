#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: library-bindings.sh <flags.sh> <header>
#
# Makes the bindings of the library beside flags.sh, in library/, and <header>, which the library includes. Where
# nothing changes, the header keeps its date, so that no object is compiled again.

set -e

here=${0%/*}
folder=${1%/*}/library
header=$2

sh "$here/bindgen.sh" --library "$1" "$folder"
cmp -s "$folder/bindings.hpp" "$header" || cp "$folder/bindings.hpp" "$header"
