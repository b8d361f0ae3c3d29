# shellcheck shell=sh disable=SC2154,SC2034 # shared with the files sourced beside it
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Problems that compilers of both languages may have, and their tools, which Kbuild names.

# identify <language> <command>: sets identity; several words are a wrapper and a compiler
identify() {
	if [ "$1" = c++ ] && [ -n "${KCXX_CXX_IDENTITY-}" ]; then
		identity=$KCXX_CXX_IDENTITY # from Kbuild
		return
	fi
	# shellcheck disable=SC2086 # a compiler may be several words: ccache g++
	if [ -n "${KCXX_CXX_TARGET-}" ]; then
		# Kbuild's target, for Clang: GCC knows no such flag
		identity=$(sh "$here/compiler-identity.sh" "$1" $2 "$KCXX_CXX_TARGET") && return
	fi
	# shellcheck disable=SC2086 # likewise
	identity=$(sh "$here/compiler-identity.sh" "$1" $2)
}

# The functions below report one problem each, and return 0 if the compiler does not have it. Status 2: this is the
# wrong compiler altogether, and so is its partner for the other language; 1: any other problem.

# has_launcher <which> <command>: the launcher before a compiler is there
has_launcher() {
	split_command "$2"
	launcher=${wrapper%% *}
	[ -n "$launcher" ] && ! exists "$launcher" || return 0
	fail "the command that runs $1 is missing" "no command '$launcher', in '$2'" \
		"'$launcher', or the compiler without it" \
		"$(install "${launcher##*/}"), or name $program alone"
	return 1
}

# is_executable <which> <command> <needed>: this user may run the compiler that is there
is_executable() {
	split_command "$2"
	file=$(file_of "$program")
	if exists "$program" || [ -z "$file" ]; then
		return 0
	fi
	fail "$1 is not executable" "$file, which user $(id -un) may not execute" "$3" \
		"chmod a+x $file, or name another compiler"
	return 1
}

# is_installed <which> <command> <needed> <fix>: the compiler is there
is_installed() {
	split_command "$2"
	! exists "$program" || return 0
	fail "$1 is missing" "no command '$program'" "$3" "$4"
	return 1
}

# file_of <program>: prints the file that would run if it were executable
file_of() {
	case "$1" in
	*/*) [ ! -f "$1" ] || echo "$1" ;;
	*)
		printf '%s\n' "$PATH" | tr ':' '\n' | while read -r directory; do
			[ ! -f "$directory/$1" ] || { echo "$directory/$1"; break; }
		done ;;
	esac
}

# takes_arguments <which> <language> <command> <make's variable> <CMake's>: the compiler would not work without the
# arguments it was named with
takes_arguments() {
	split_command "$3"
	[ -n "$arguments" ] || return 0
	bare="${wrapper:+$wrapper }$program"
	# shellcheck disable=SC2086 # several words
	sh "$here/compiler-identity.sh" "$2" $bare >/dev/null || return 0
	compiles_nothing "$3" "$2"
	fail "$1 does not take the arguments that it was named with" "$3: $(errors_printed)" \
		"arguments that $program takes" "leave '$arguments' out: $(name_compiler "$4" "$5" "$bare")"
	return 1
}

# is_known_family <language> <command> <status of identify> <fix>: it is GCC or Clang
is_known_family() {
	[ "$3" -eq 2 ] || return 0
	fail "this is no $1 compiler that kcxx knows" \
		"'$2' is neither GCC nor Clang; asked for its version, it prints: $(version_printed "$2")" 'GCC or Clang' "$4"
	return 2
}

# preprocesses <language> <command> <status of identify> <problem> <needed> <fix>: it preprocesses that language
preprocesses() {
	[ "$3" -ne 0 ] || return 0
	fail "$4" "'$2' does not preprocess $1; asked for its version, it prints: $(version_printed "$2")" "$5" "$6"
	return 1
}

# is_for_kernel <which> <command> <family> <target> <partner> <fix>: it makes code for the kernel's architecture. Clang
# does for many architectures, and Kbuild names the right one.
is_for_kernel() {
	[ "$3" = GCC ] || return 0
	case "$arch:$4" in :* | *:- | *:) return 0 ;; esac
	! { architecture_with name "$arch" && fits_a_pattern "$4" "$arch_targets"; } || return 0
	fail "$1 makes code for another architecture" "$2 is a compiler for $4; the kernel is for $arch" \
		"a compiler for $arch: $5, or another" "$6"
	return 2
}

# fits_a_pattern <text> <pattern>…, in one word
fits_a_pattern() {
	set -f
	for pattern in $2; do
		# shellcheck disable=SC2254 # a pattern
		case "$1" in $pattern) set +f; return 0 ;; esac
	done
	set +f
	return 1
}

# is_new_enough <language> <command> <version> <tool> <oldest version> <fix>: it is not older
is_new_enough() {
	older "$3" "$5" || return 0
	fail "the $1 compiler is too old" "$2 is $3" "$4 $5 or newer" "$6"
	return 2
}

# version_printed <command>: prints its output for --version
version_printed() {
	# shellcheck disable=SC2086 # several words
	run_within 5 $1 --version
	[ $? -ne 124 ] || output='nothing, it does not end'
	printf '%s' "${output:-nothing}" | printable
}

# kernel_allows_family <language> <family> <found> <needed> <fix>: no option of the kernel binds the language to the
# other family
kernel_allows_family() {
	[ "$2" != "$kernel_family" ] || return 0
	# shellcheck disable=SC2046 # a word each
	options_set $(options_bound "$1")
	[ -n "$options_found" ] || return 0
	fail "the $1 compiler and the kernel are of different families, and this kernel allows one only" \
		"$3, with $options_found" "$4" "$5"
	return 2
}

# not_translated <language>: prints what is left out of it; see Makefile.cxxtranslate, kconfig-for-compiler.sh
not_translated() {
	# shellcheck disable=SC2046 # a word each
	options_set $(options_bound instrumentation)
	echo "warnings are the compiler's own${options_found:+, and $options_found do not reach $1}"
}

## binutils: the linker, nm, objcopy and objdump that Kbuild names are there
## Because Kbuild links with them, and kcxx reads objects with them.
## Fix: apt-get install binutils, or llvm-<major> and lld-<major>
check_binutils() {
	after kbuild_answers || return
	missing=
	for tool in "$KCXX_LD" "$KCXX_NM" "$KCXX_OBJCOPY" "$KCXX_OBJDUMP"; do
		exists "${tool%% *}" || missing="$missing $tool"
	done
	case "$missing" in
	'') ok "$KCXX_LD, $KCXX_NM, $KCXX_OBJCOPY, $KCXX_OBJDUMP" ;;
	*ll[vd]*) fail 'programs of the toolchain are missing' "no command:$missing" \
		"the linker and the object tools of the kernel's family" "$(install llvm "$kernel_major")" ;;
	*) fail 'programs of the toolchain are missing' "no command:$missing" \
		"the linker and the object tools of the kernel's family" "$(install binutils)" ;;
	esac
}
