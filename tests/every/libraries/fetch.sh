#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: fetch.sh [BASE]
#
# Fetches the files of fetched.tsv into kcxx's cache, from BASE/<repository>/<commit>/<file>. BASE is GitHub, or a copy of
# these files at another place: fetch.sh file:///srv/sources. test_libraries.py then tries these libraries as well.
set -eu

base=${1:-https://raw.githubusercontent.com}
here=$(cd "$(dirname "$0")" && pwd)
cache=${KCXX_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kcxx}/libraries

grep -v '^#' "$here/fetched.tsv" | while IFS="$(printf '\t')" read -r _ repository commit file name sum; do
	mkdir -p "$(dirname "$cache/$name")"
	curl --fail --location --silent --show-error --output "$cache/$name.part" "$base/$repository/$commit/$file"
	echo "$sum  $cache/$name.part" | sha256sum --check --quiet
	mv "$cache/$name.part" "$cache/$name"
done
echo "fetched into $cache"
