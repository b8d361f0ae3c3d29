#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: [KCXX_LINT=<kcxx-lint>] lint-cxx.sh [--all] <flags.sh> <C++ compiler> <argument>…
#
# Checks a C++ source by kcxx-lint: kcxx's own rules, on Clang's syntax tree. In a build, kcxx-lint may be missing: then
# the source is not checked, which is printed. --all, for kcxx lint: writes what it found as kcxx-lint --json does.
#
# Status: 0; 1 and the findings; 2 and Clang's errors, if it refuses the source. With KCXX_ANALYSIS="auto <Clang>", which
# no user asked for, such a source is let pass with a warning.

here=${0%/*}
json=
if [ "$1" = --all ]; then
	json=--json
	shift
fi
# shellcheck source=/dev/null # see Makefile.cxxfacts
. "$1"
shift

for argument in "$@"; do
	case "$argument" in
	"$KCXX_KBUILD"/runtime/*) exit 0 ;;
	*.cc | *.cpp | *.cxx | *.C) source=$argument ;;
	esac
done
if [ -z "$json" ]; then
	# An installed kcxx has it in bin/, beside share/kcxx/kbuild/.
	for lint in "${KCXX_LINT:-kcxx-lint}" "$here/../../../bin/kcxx-lint"; do
		! command -v "$lint" > /dev/null || break
	done
	if ! command -v "$lint" > /dev/null; then
		echo "$source: kcxx: KCXX_SAFE was not checked: no kcxx-lint in PATH, which kcxx has where Clang's libraries are" >&2
		exit 0
	fi
fi

command=$(printf '%s\n' "$@" | LC_ALL=C awk -f "$here/bindgen/reading-flags.awk" "$here/reading-flags.txt" -)
target=${KCXX_CXX_IDENTITY#*|*|}
eval "set -- --target=${target%%|*} -${command#* -}"
if [ -n "$json" ]; then
	exec "$KCXX_LINT" "$json" "$KCXX_KBUILD" "$@"
fi
status=0
"$lint" "$KCXX_KBUILD" "$@" || status=$?
case "$status ${KCXX_ANALYSIS-}" in
"2 auto "*)
	echo "$source: kcxx: KCXX_SAFE was not checked: Clang refuses what the compiler takes" >&2
	exit 0
	;;
esac
exit "$status"
