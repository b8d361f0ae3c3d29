#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: write-compatibility.sh > compatibility.md
#
# Prints docs/compatibility.md, made of the descriptions of the checks in kbuild/cxxavailable/.
# shellcheck disable=SC2154 # list: set by eval

here=$(cd "$(dirname "$0")/../kbuild" && pwd)
. "$here/cxxavailable/checks.sh"

# <check>US<requirement>US<reason>US<fix>RS of each ## block
metadata() {
	LC_ALL=C awk -f "$here/cxxavailable/descriptions.awk" "$here"/cxxavailable/*.sh
}

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

# Prints the kernels and configurations that modules were loaded on, with the results
kernels_tried() {
	cat <<-'END'

	## Kernels that modules were loaded on

	Each was built, loaded, used and unloaded in QEMU, and the kernel complained of nothing. What is marked
	with a star was tried by hand; the rest are tests.

	| kernel | C++ by its own family | C++ by the other |
	|---|---|---|
	| Debian 6.1 and 6.12, x86_64 and arm64, GCC 12 | works | works, warned of |
	| Debian 6.12, riscv64, GCC 14 | works with GCC 12, warned of; no BTF: pahole 1.24 is too old | works, warned of; Clang 19 has no stack protector for it |
	| 6.12 `kcxx kernels build --debug`, x86_64 and arm64: KASAN, lockdep, kmemleak, UBSAN, kCFI, IBT or BTI; Clang 19 | works | refused: kCFI |
	| 6.12 x86_64, `RANDSTRUCT_FULL` and other plugins of GCC's, KASAN, `MODVERSIONS`; GCC 12 | works, warned of: see `randstruct` | works\*, warned of; no plugin reaches C++ |
	| 6.12 x86_64, `RANDSTRUCT_FULL`, kCFI, FineIBT, KASAN; Clang 19 | works, warned of: see `randstruct` | refused: kCFI |
	| 6.12 x86_64, `LTO_CLANG_THIN`, kCFI, `MODVERSIONS`, `TRIM_UNUSED_KSYMS`; Clang 19 | works, warned of: see `trimmed_symbols` | refused: LTO, kCFI |
	| 6.12 x86_64, `LTO_CLANG_FULL`, KMSAN; Clang 19 | works | refused: LTO, KMSAN |
	| 6.12 x86_64, KCSAN, KCOV; GCC 12 | works | works\*, warned of; neither reaches C++ |
	| 6.12 x86_64, one processor, nothing optional; Clang 19 | works | works, warned of |
	| 6.12 x86_64, `PREEMPT_RT`; GCC 12 | works\* | works\*, warned of |
	END
}

# Prints the flags that a module may add to the kernel's
flags_of_modules() {
	cat <<-'END'

	## Flags that a module may have beside the kernel's

	`target_compile_options()` and the like in CMake, `ccflags-y` and the like in Kbuild: the compiler is asked about
	each flag that is not here, and a flag that changes what it makes of the kernel's flags is refused. So is a flag of
	the kernel that `CFLAGS_REMOVE_foo.o` or `ccflags-remove-y` takes away, unless it belongs to ftrace or to a
	sanitizer.

	| flag | because |
	|---|---|
	END
	# shellcheck disable=SC2016 # Markdown's backquotes
	sed -n '/^module_may_have/,/^}/ s/^	\(-.*\)) *\(\[.*\] \)\{0,1\};; # \(.*\)$/\1	\3/p' "$here/module-flags.sh" |
		LC_ALL=C awk -F '\t' '{ gsub(/\\/, "", $1); gsub(/ [|] /, "`, `", $1); printf "| `%s` | %s |\n", $1, $2 }'
	cat <<-'END'

	A file whose functions run between `kernel_fpu_begin()` and `kernel_fpu_end()`, and are called from nowhere else,
	has the word `KCXX_FPU`: `set_source_files_properties(foo.cc PROPERTIES KCXX_FPU ON)` in CMake,
	`KCXX_FPU_foo.o := y` in the Kbuild file. It is compiled with the FPU and the vector unit; in any other file their
	registers are refused. An object that comes as it is has a word in Kbuild, `foo.o_shipped`, and none in CMake.
	END
}

cat <<'END'
# What kcxx needs

<!-- Made by: sh docs/write-compatibility.sh > docs/compatibility.md -->

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

`--format json` prints one object, as `docs/check-report.schema.json` describes it.

## Oldest versions

| tool | version | because it is |
|---|---|---|
END
sh "$here/min-tool-version.sh" --list | while read -r tool version reason; do
	echo "| $tool | $version | $reason |"
done
cat <<'END'

## Kernel flags that C++ is compiled without

What is not named here reaches the C++ compiler as the kernel has it.

| flag | because |
|---|---|
END
# shellcheck disable=SC2016 # Markdown's backquotes
sed -n 's/^kcxx-drop += \(-[^#]*[^# 	]\)[ 	]*# *\(.*\)$/| `\1` | \2 |/p' "$here"/Makefile.cxx*
flags_of_modules
kernels_tried
for group in $groups; do
	printf '\n## %s\n\n| check | required | because | fix |\n|---|---|---|---|\n' "$(heading "$group")"
	eval "list=\$checks_of_$group"
	for check in $list; do
		metadata | LC_ALL=C awk -v check="$check" 'BEGIN { FS = "\037"; RS = "\036" }
			$2 == check { gsub(/</, "\\&lt;"); gsub(/[|]/, "\\|")
			printf "| `%s` | %s | %s | %s |\n", $2, $3, $4, $5 }'
	done
done
