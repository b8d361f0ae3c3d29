# shellcheck shell=sh disable=SC2154,SC2034 # shared with the files sourced beside it
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# --all: every kernel that is found, with every C++ compiler that is found.

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

# Status: 0 if any pair is usable, else 1
survey() {
	kernels=$(sh "$here/find-kernel.sh" --all)
	compilers=$(compilers_found)
	[ -n "$kernels" ] || print_problem 'no kernel headers are installed' \
		"none in $(sh "$here/find-kernel.sh" --places '<release>' | paste -s -d ' ' -)" \
		'a headers package' "$(install headers "$(uname -r)"), or kcxx kernels get 6.12"
	[ -n "$compilers" ] || print_problem 'no C++ compiler is installed' "no g++ and no clang++ in $PATH" \
		'GCC or Clang' "$(install g++ "$(minimum libstdc++)")"
	"survey_$format"
	[ -e "$work/usable" ] && exit 0
	exit 1
}

# survey_one <kernel> <compiler>: prints a report in JSON, on one line
survey_one() {
	sh "$here/cxxavailable.sh" --format json --kernel "$1" --cxx "$2" && : > "$work/usable"
}

survey_json() {
	separator=
	printf '{"format_version":1,"reports":['
	for one in $kernels; do
		for compiler in $compilers; do
			printf '%s\n' "$separator"
			survey_one "$one" "$compiler"
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
			output=$(survey_one "$one" "$compiler" | LC_ALL=C awk -f "$here/cxxavailable/survey.awk")
			[ ! -t 2 ] || printf '\033[K' >&2
			printf '%s\n' "$output"
		done
	done
}
