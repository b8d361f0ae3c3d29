# shellcheck shell=sh disable=SC2154,SC2034 # shared with the files sourced beside it
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# --document: docs/compatibility.md, of what the checks say of themselves.

heading() {
	case "$1" in
	tools) echo 'Tools' ;;
	kernel) echo 'The kernel directory' ;;
	module) echo 'What the module itself asks for' ;;
	compilers) echo 'Compilers' ;;
	flags) echo 'Flags, and the object they make' ;;
	configuration) echo "The kernel's configuration" ;;
	esac
}

document() {
	cat <<-'END'
	# What kcxx needs

	<!-- Made by: sh kbuild/cxxavailable.sh --document > docs/compatibility.md -->

	`kbuild/cxxavailable.sh` answers, before anything is built: can a C++ module be built for this
	kernel with this compiler, and would it be safe to load? CMake asks it when it configures, Kbuild
	before it compiles the first C++ file of a directory, and people ask by any of

	    kcxx check [--kernel <release>|<directory>] [--cxx <compiler>] [--format json] [--all]
	    cmake --build build --target cxxavailable
	    make -C <kernel> M=$PWD cxxavailable/
	    sh kbuild/cxxavailable.sh --verbose

	Each requirement is ok, a warning, or failed; a failure or a warning says what was found, what is
	needed and what to type. What waits for a requirement that failed is unchecked.

	| status | meaning |
	|---|---|
	| 0 | usable, perhaps with warnings |
	| 1 | not usable |
	| 2 | wrong call |
	| 77 | excluded by what the module itself asks for |

	`--format json` prints one object, as `kbuild/cxxavailable/schema.json` describes it.

	## Oldest versions

	| tool | version | because it is |
	|---|---|---|
	END
	sh "$here/min-tool-version.sh" --list | while read -r tool version reason; do
		echo "| $tool | $version | $reason |"
	done
	cat <<-'END'

	## Kernel flags that C++ is compiled without

	What is not named here reaches the C++ compiler as the kernel has it.

	| flag | because |
	|---|---|
	END
	# shellcheck disable=SC2016 # Markdown's backquotes
	sed -n 's/^kcxx-drop += \(-[^#]*[^# 	]\)[ 	]*# *\(.*\)$/| `\1` | \2 |/p' "$here"/Makefile.cxx*
	for group in $groups; do
		printf '\n## %s\n\n| check | required | because | fix |\n|---|---|---|---|\n' "$(heading "$group")"
		eval "list=\$checks_of_$group"
		for check in $list; do
			metadata | LC_ALL=C awk -v check="$check" 'BEGIN { FS = "\037"; RS = "\036" }
				$2 == check { gsub(/</, "\\&lt;"); gsub(/[|]/, "\\|")
				printf "| `%s` | %s | %s | %s |\n", $2, $3, $4, $5 }'
		done
	done
}
