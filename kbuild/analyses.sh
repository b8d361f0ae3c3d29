#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: KCXX_ANALYSIS=y|<Clang>|"auto <Clang>" analyses.sh <flags.sh> <object> <C++ compiler> <argument>…
#
# Reads a C++ source by Clang, at once for its analyses (analyze-cxx.sh) and, if the source or a header of its project
# is KCXX_SAFE, for kcxx's own rules (lint-cxx.sh). Names its own files <object>.analysis.…, and removes them.
#
# kcxx's cache keeps what was printed of a source that passed, as ccache keeps an object. The key is a checksum of
# the arguments, the scripts and the dates of the programs; the files that Clang read are compared by their contents.
# CCACHE_DISABLE, by which ccache compiles anew, analyses anew.
#
# Status: 0, or that of the first script that refused the source, with its errors.

here=${0%/*}
flags=$1
work=$2.analysis
shift 2
# shellcheck source=/dev/null # see Makefile.cxxfacts
. "$flags"

for argument in "$@"; do
	case "$argument" in
	"$KCXX_KBUILD"/runtime/*) exit 0 ;;
	*.cc | *.cpp | *.cxx | *.C) source=$argument ;;
	esac
done

checksum() {
	sha256sum | cut -c1-64
}

# Each program of the PATH that may be meant: behind the link of ccache stands another one.
dates_of_programs() {
	IFS=:
	set -f
	# shellcheck disable=SC2086 # lists
	for program in $1; do
		for directory in $PATH; do
			case "$program" in
			-*) ;;
			/*) echo "$program" ;;
			*) echo "$directory/$program" ;;
			esac
		done
	done
	unset IFS
	set +f
	printf '%s\n' "${KCXX_LINT-}" "$here/../../../bin/kcxx-lint"
}

key() {
	clang=${KCXX_ANALYSIS#auto }
	[ "$clang" != y ] || clang=$(sh "$here/find-analyzer.sh")
	{
		printf '%s\n' "$KCXX_ANALYSIS" "$KCXX_ANALYSES" "$KCXX_CXX_IDENTITY" "$PWD" "${CPATH-}" "${CPLUS_INCLUDE_PATH-}" "$@"
		cat "$here"/*.sh "$here"/*.txt "$here/bindgen/reading-flags.awk"
		dates_of_programs "$(printf '%s' "$clang kcxx-lint" | tr ' ' ':')" | xargs ls -dlL --full-time 2> /dev/null
	} | checksum
}

# The contents of the files that are listed
contents() {
	xargs cat < "$1" 2> /dev/null | checksum
}

# Only an entry of this user is used.
take() {
	[ -n "$entry" ] && [ -O "$entry" ] && [ "$(contents "$entry/files")" = "$(cat "$entry/contents")" ] || return
	cat "$entry/output"
	touch "$entry" 2> /dev/null || :
}

# Whole or not at all; a directory that cannot be written is no reason to fail. A file that has changed since Clang
# was started may not be the one that it read.
keep() {
	[ -n "$entry" ] && [ -s "$work.files" ] || return
	# shellcheck disable=SC2016 # for the inner shell
	changed=$(xargs sh -c 'find "$@" -prune -newer "$0"' "$work.begun" < "$work.files") && [ -z "$changed" ] || return
	mkdir -p "$entry.$$" &&
		cp "$work.files" "$entry.$$/files" &&
		cp "$work.output" "$entry.$$/output" &&
		contents "$work.files" > "$entry.$$/contents" &&
		rm -rf "$entry" &&
		mv -T "$entry.$$" "$entry" || return
	find "${entry%/*}" -mindepth 1 -maxdepth 1 -type d -mtime +30 -exec rm -rf {} +
}

# Writes the files that Clang read, a path a line.
list_files() {
	sed 's/\\$//; s/^[^ ]*: / /' "$work.d" | tr ' ' '\n' | sed '/^$/d' > "$work.files"
}

# True if a header of the project is KCXX_SAFE: of those that are neither kcxx's, nor the kernel's, nor the system's
has_safe_header() {
	grep -v -e "^$KCXX_KBUILD/" -e '^/usr/' -e '/\.kcxx/' "$work.files" | xargs grep -qs KCXX_SAFE
}

lint() {
	sh "$here/lint-cxx.sh" "$flags" "$@" > "$work.lint" 2>&1
}

entry=
if [ -z "${CCACHE_DISABLE-}" ] && command -v sha256sum > /dev/null; then
	entry=${KCXX_CACHE:-${XDG_CACHE_HOME:-${HOME:-/dev/null}/.cache}/kcxx}/analyses/$(key "$@")
	! take || exit 0
fi

trap 'rm -f "$work.begun" "$work.d" "$work.files" "$work.output" "$work.lint"' EXIT
trap 'kill "$analysis" ${linted:+"$linted"} 2> /dev/null; exit 1' TERM INT
: > "$work.begun"
: > "$work.lint"
KCXX_DEPENDENCIES=$work.d sh "$here/analyze-cxx.sh" "$flags" "$@" > "$work.output" 2>&1 &
analysis=$!
linted=
if grep -qs KCXX_SAFE "$source"; then
	lint "$@" &
	linted=$!
fi
status=0
wait "$analysis" || status=$?
if [ "$status" -eq 0 ]; then
	[ ! -s "$work.d" ] || list_files
	if [ -n "$linted" ]; then
		wait "$linted" || status=$?
	elif [ -s "$work.d" ] && has_safe_header; then
		lint "$@" || status=$?
	fi
	cat "$work.lint" >> "$work.output"
elif [ -n "$linted" ]; then
	kill "$linted" 2> /dev/null
fi
[ "$status" -ne 0 ] || keep 2> /dev/null || [ -z "$entry" ] || rm -rf "$entry.$$"
cat "$work.output"
exit "$status"
