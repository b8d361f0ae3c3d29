# shellcheck shell=sh disable=SC2154,SC2034 # shared with the files sourced beside it
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# --all: every kernel that is found, with every C++ compiler that is found.

# Every GCC and Clang in PATH, each program once, its shortest name first
compilers_found() {
	seen=:
	printf '%s\n' "$PATH" | tr ':' '\n' | while read -r directory; do
		for program in "$directory"/g++ "$directory"/clang++ "$directory"/g++-[0-9]* \
			"$directory"/clang++-[0-9]*; do
			[ -x "$program" ] && echo "$program"
		done
	done | while read -r program; do
		real=$(readlink -f "$program")
		case "$seen" in *":$real:"*) continue ;; esac
		seen=$seen$real:
		echo "${program##*/}"
	done
}

survey() {
	kernels=$(sh "$here/find-kernel.sh" --all)
	compilers=$(compilers_found)
	if [ -z "$kernels" ] || [ -z "$compilers" ]; then
		{
			[ -n "$kernels" ] || echo "*** kcxx: no kernel headers are installed"
			[ -n "$compilers" ] || echo "*** kcxx: no C++ compiler is installed"
		} >&2
		exit 1
	fi
	"survey_$format"
}

# survey_one <kernel> <compiler>: a report in JSON, on one line
survey_one() {
	sh "$here/cxxavailable.sh" --format json --kernel "$1" --cxx "$2"
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
			survey_one "$one" "$compiler" | LC_ALL=C awk -f "$here/cxxavailable/survey.awk"
		done
	done
}
