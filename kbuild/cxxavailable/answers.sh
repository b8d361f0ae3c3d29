# shellcheck shell=sh disable=SC2154,SC2034 # shared with the files sourced beside it
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Asks Kbuild which compilers, tools and flags it uses.

# Kbuild takes half a second to find out its flags. Its answer is kept until something
# that it depends on changes: the kernel directory, the compilers, kcxx, PATH.
answer_key() {
	{
		cat "$kernel/Makefile" "$kernel/.kernelvariables" "$kernel/include/config/auto.conf" \
			"$here"/Makefile.cxx* "$here"/*.sh "$here"/*.tsv
		printf '%s\n' "$kernel" "$here" "$PATH" "$@"
		# Installing a compiler changes the directories that compilers are found in.
		split_command "$cc"
		set -- "$program"
		split_command "$cxx"
		# shellcheck disable=SC2046,SC2086 # a word each
		set -- $(command -v "$@" "$program"; IFS=:; printf '%s\n' $PATH)
		ls -dlL --full-time "$@" || ls -dlL "$@"
	} 2>/dev/null | cksum
}

# The variables by which compilers and their wrappers find a place to write, as env takes them
places_to_write() {
	env | LC_ALL=C sed -n '/^\(TMPDIR\|XDG_[A-Z_]*\|CCACHE_[A-Z_]*\|SCCACHE_[A-Z_]*\|DISTCC_[A-Z_]*\)=[^[:space:]]*$/p'
}

# Asks Kbuild for its flags, in a directory with a Kbuild file that asks for no more. Sets answer_kept if
# a kept answer was used, and keep_as to the place for an answer that can be kept.
ask_kbuild() {
	answer_kept=
	keep_as=
	set --
	while read -r variable; do
		[ -z "$variable" ] || set -- "$@" "$variable"
	done <<END
$(sh "$here/make-variables.sh" --cc "$cc" --cxx "$cxx" "$kernel")
END
	key=$(answer_key "$@")
	kept=$cache/answers/${key%% *}-${key#* }
	mkdir "$work/module"
	# Only a file of this user is used, because it will be run.
	if [ -s "$kept" ] && [ -O "$kept" ]; then
		mkdir -p "$work/module/.kcxx/include/generated"
		ln -s "$kernel/include/generated/autoconf.h" "$work/module/.kcxx/include/generated/"
		sed "s|@WORK@|$work|g" "$kept" > "$work/module/.kcxx/flags.sh"
		answer_kept=y
		return
	fi
	printf 'kcxx-facts := flags\ninclude %s/Makefile.cxx\n' "$here" > "$work/module/Kbuild"
	# shellcheck disable=SC2046 # a word each
	env -i PATH="$PATH" HOME="${HOME-}" $(places_to_write) timeout -k 1 120 "$make_command" -s -C "$kernel" \
		"M=$work/module" "$@" >"$work/kbuild-output" 2>&1 </dev/null || return
	[ ! -s "$work/module/.kcxx/flags.sh" ] || keep_as=$kept
}

# Keeps the answer, whole or not at all; a directory that cannot be written is no reason to fail. Removes
# old answers. An answer stays when a missing package of headers is installed next, so it is kept only
# once the C compiler, which Kbuild asks for its flags, and the headers have passed their checks.
keep_answer() {
	case "$keep_as:$state_c_compiler" in :* | *:failed) return ;; esac
	if ! { mkdir -p "${keep_as%/*}" && sed "s|$work|@WORK@|g" "$work/module/.kcxx/flags.sh" > "$keep_as.$$" &&
		mv "$keep_as.$$" "$keep_as"; } 2>/dev/null; then
		rm -f "$keep_as.$$"
	fi
	find "${keep_as%/*}" -type f -mtime +30 -exec rm -f {} + 2>/dev/null
}

## kbuild_answers: Kbuild names the compilers, tools and flags that it uses
## Because kcxx derives its flags from the kernel's own and lists none of them itself.
## Fix: make -C <kernel> M=<an empty module> V=1 shows what stops it
check_kbuild_answers() {
	of_module=$flags_file # then the flags may be the module's own
	if [ -z "$flags_file" ]; then
		after make build_tree configured prepared || return
		ask_kbuild
		status=$?
		flags_file=$work/module/.kcxx/flags.sh
		if ! [ -s "$flags_file" ]; then
			case $status in
			124 | 137 | 143) echo 'make did not end within two minutes' >> "$work/kbuild-output" ;;
			esac
			# The cause precedes the lines in which each make reports that it failed.
			output=$({ grep -v '^g*make\(\[[0-9]*\]\)*: ' "$work/kbuild-output" ||
				cat "$work/kbuild-output"; } | tail -n 3 | printable)
			fail 'Kbuild does not answer' "${output:-nothing}" 'a kernel directory that builds modules' \
				"make -C $kernel M=<directory of a module> V=1, which shows what stops it"
			return
		fi
		# shellcheck disable=SC1090 # written by Makefile.cxxfacts
		. "$flags_file"
	fi
	cc=$KCXX_CC
	cxx=$KCXX_CXX
	ok "$cc, $cxx"
}
