# shellcheck shell=sh disable=SC2154,SC2034 # shared with the files sourced beside it
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Finds the reason why a compiler does not take the kernel's flags, or makes code that the kernel
# cannot run. Only a failure without another explanation is a bug of kcxx.

# compile_in_kernel <compiler> <flags> <source>: its output goes to $work/compiler-output
compile_in_kernel() {
	(cd "$KCXX_CURDIR" && eval "LC_ALL=C timeout -k 1 60 $1 $2 \
		-c -o '$work/probe.o' '$3'") >"$work/compiler-output" 2>&1 </dev/null
}

# compiles_nothing <compiler> c|c++: does it compile an empty file, without the kernel's flags?
compiles_nothing() {
	: > "$work/empty.$2"
	# shellcheck disable=SC2086 # several words
	LC_ALL=C timeout -k 1 20 $1 ${KCXX_CXX_TARGET-} -x "$2" -c -o "$work/empty.o" "$work/empty.$2" \
		>"$work/compiler-output" 2>&1 </dev/null
}

# Prints the errors in a compiler's output, else all of it
errors_printed() {
	output=$({ grep -i 'error' "$work/compiler-output" || cat "$work/compiler-output"; } | printable)
	echo "${output:-it fails, and prints nothing}"
}

# Prints the options that a compiler's messages name: unrecognized, unknown, unsupported, C only, unused
options_named() {
	LC_ALL=C sed -n -e '/option\|argument/ s/.*[`'"'"']\(-[^'"'"'`]*\)'"'"'.*/\1/p' "$1" | sort -u |
		paste -s -d ' ' -
}

# report_broken <which> <command> <partner> <fix>: reports a compiler that does not compile an empty file, by its output
report_broken() {
	found="$2: $(errors_printed)"
	case "$(cat "$work/compiler-output")" in
	*ccache:\ *)
		fail "ccache cannot run $1" "$found" 'a directory that ccache can write' \
			'CCACHE_DIR=<such a directory> in the environment, or leave ccache out of CC, CXX and PATH' ;;
	*'No available targets'* | *'nable to create target'* | *'nknown target triple'*)
		fail "$1 makes no code for the kernel's architecture" "$found" \
			"a compiler for $arch: $3, or a Clang that was built with this target" "$4" ;;
	*'o space left on'* | *'annot create temporary'* | *'nable to make temporary'* | *'ead-only file system'*)
		fail "$1 cannot write its temporary files" "$found" 'a directory with room for them' \
			'TMPDIR=<such a directory> in the environment' ;;
	*'Killed signal'* | *'ut of memory'* | *'emory exhausted'* | *'annot allocate memory'*)
		fail "$1 runs out of memory" "$found" 'memory for a compiler' \
			'end other programs, or give this machine or container more memory' ;;
	*)
		fail "$1 does not compile an empty file" "$found" "a compiler that works: $3, or another" \
			"$(install_compiler "$3"), and $4" ;;
	esac
}

# well_with <name of the trial> <option>…: does this check pass with other options?
well_with() {
	trial=$work/trial-$1
	shift
	[ -e "$trial" ] || sh "$here/cxxavailable.sh" --kernel "$kernel" --quiet --verbose "$@" > "$trial" 2>/dev/null
	grep -q "^ok  *$check " "$trial"
}

# remedy_of_cxx: prints the fix, by the first change that makes this check pass
remedy_of_cxx() {
	split_command "$cxx"
	bare="${wrapper:+$wrapper }$program"
	if [ -n "$of_module" ] && well_with empty-module --cc "$cc" --cxx "$cxx"; then
		module_is_at_fault
	elif [ -n "$arguments" ] && well_with bare-compiler --cc "$cc" --cxx "$bare"; then
		echo "leave '$arguments' out: $(name_compiler CXX KCXX_CXX_COMPILER "$bare")"
	elif [ "$state_c_compiler" = warning ] && exists "$c_partner" &&
		well_with own-c-compiler --cc "$c_partner" --cxx "$cxx"; then
		take_own_c
	elif [ "$cxx_family ${cxx_version%%.*}" != "$kernel_family $kernel_major" ]; then
		take_partner
	elif older "$cxx_version" "$built_by"; then
		echo "$(install_compiler "$partner"), $built_by or newer: the kernel was built by that version"
	else
		echo "report it to kcxx with what this prints: sh $here/cxxavailable.sh --kernel $kernel --verbose"
	fi
}

# remedy_of_c: likewise. It is no bug of kcxx if the C compiler does not take the kernel's own flags.
remedy_of_c() {
	split_command "$cc"
	bare="${wrapper:+$wrapper }$program"
	if [ -n "$of_module" ] && well_with empty-module-c --cc "$cc"; then
		module_is_at_fault
	elif [ -n "$arguments" ] && well_with bare-c-compiler --cc "$bare"; then
		echo "leave '$arguments' out: $(name_compiler CC KCXX_C_COMPILER "$bare")"
	elif [ "$cc_family ${cc_version%%.*}" != "$kernel_family $kernel_major" ]; then
		take_own_c
	else
		echo "$(install_compiler "$c_partner"), $built_by or newer: the kernel was built by that version"
	fi
}

module_is_at_fault() {
	echo "leave the kernel's flags as they are, in the Kbuild file and on make's command line: no ccflags-remove-y, KCFLAGS, KCPPFLAGS that changes them"
}
