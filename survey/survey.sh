#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: survey.sh [--format text|json] | --compilers
#
# kcxx check --all: cxxavailable.sh for every kernel that is found, with every C++ compiler that is found. The table is
# for people, JSON for programs: a list of reports, see check-report.schema.json. --compilers: prints the compilers alone.
#
# Status: 0 if any pair is usable, 1 if none is, 2 for a wrong call

surveyor=$(cd "$(dirname "$0")" && pwd)
here=${surveyor%/*}/kbuild
for part in usage versions architectures cxxavailable/report cxxavailable/commands cxxavailable/install; do
	. "$here/$part.sh"
done

# Prints every GCC and Clang in PATH, each program once, its shortest name first. For a name that links to
# ccache, the next one of that name in PATH is the compiler; the first of one name is the one that runs.
compilers_found() {
	seen=:
	printf '%s\n' "$PATH" | tr ':' '\n' | while read -r directory; do
		for program in "$directory"/g++ "$directory"/clang++ "$directory"/g++-[0-9]* \
			"$directory"/clang++-[0-9]*; do
			[ -x "$program" ] && echo "$program"
		done
	done | while read -r program; do
		real=$(readlink -f "$program")
		case "$real$seen" in */ccache:* | *":$real:"* | *":${program##*/}:"*) continue ;; esac
		seen=$seen$real:${program##*/}:
		echo "${program##*/}"
	done
}

# report_of <kernel> <compiler>: prints the report in JSON, on one line; status 0 if the pair is usable
report_of() {
	sh "$here/cxxavailable.sh" --format json --kernel "$1" --cxx "$2"
}

survey_json() {
	separator=
	printf '{"format_version":1,"reports":['
	for one in $kernels; do
		for compiler in $compilers; do
			printf '%s\n' "$separator"
			! report_of "$one" "$compiler" || usable=y
			separator=,
		done
	done
	printf ']}\n'
}

survey_text() {
	printf '%-28s %-14s %-9s %s\n' KERNEL COMPILER USABLE 'WHY NOT, OR WITH WHAT CARE'
	for one in $kernels; do
		for compiler in $compilers; do
			[ ! -t 2 ] || printf 'checking %s with %s …\r' "$one" "$compiler" >&2
			! report=$(report_of "$one" "$compiler") || usable=y
			line=$(printf '%s\n' "$report" | LC_ALL=C awk -f "$surveyor/table-line.awk")
			[ ! -t 2 ] || printf '\033[K' >&2
			printf '%s\n' "$line"
		done
	done
}

help_wanted "$@"
format=text
case "$#:${1-}:${2-}" in
0::) ;;
2:--format:text | 2:--format:json) format=$2 ;;
1:--compilers:) compilers_found; exit ;;
*) wrong_call "'$*' is no call of it" ;;
esac

kernels=$(sh "$here/find-kernel.sh" --all)
compilers=$(compilers_found)
[ -n "$kernels" ] || print_problem 'no kernel headers are installed' \
	"none in $(sh "$here/find-kernel.sh" --places '<release>' | paste -s -d ' ' -)" \
	'a headers package' "$(install headers "$(uname -r)"), or kcxx kernels get 6.12"
[ -n "$compilers" ] || print_problem 'no C++ compiler is installed' "no g++ and no clang++ in $PATH" \
	'GCC or Clang' "$(install g++ "$(minimum libstdc++)")"
usable=
"survey_$format"
[ -n "$usable" ]
