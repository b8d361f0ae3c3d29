# shellcheck shell=sh disable=SC2154,SC2034 # shared with the files sourced beside it
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# The compilers and what belongs to them. Kbuild says which they are.

# --- what Kbuild answers ----------------------------------------------------------

# Kbuild takes half a second to find out its flags. Its answer is kept for as long as
# nothing it depends on changes: the kernel directory, the compilers, kcxx, PATH.
answer_key() {
	{
		cat "$kernel/Makefile" "$kernel/.kernelvariables" "$kernel/include/config/auto.conf" \
			"$here"/Makefile.cxx* "$here"/*.sh
		printf '%s\n' "$kernel" "$here" "$PATH" "$@"
		# Installing a compiler changes the directories that compilers are found in.
		# shellcheck disable=SC2046 # a word each
		set -- $(command -v "${cc##* }" "${cxx##* }") $(printf '%s' "$PATH" | tr ':' ' ')
		ls -dlL --full-time "$@" || ls -dlL "$@"
	} 2>/dev/null | cksum | tr ' ' '-'
}

# Asks Kbuild for its flags, in a directory with a Kbuild file that asks for no more
ask_kbuild() {
	set --
	while read -r variable; do
		[ -z "$variable" ] || set -- "$@" "$variable"
	done <<END
$(sh "$here/make-variables.sh" --cc "$cc" --cxx "$cxx" "$kernel")
END
	cache=${KCXX_CACHE:-${XDG_CACHE_HOME:-${HOME:-/dev/null}/.cache}/kcxx}/answers
	kept=$cache/$(answer_key "$@")
	mkdir "$work/module"
	# Only one's own: it is going to be run.
	if [ -s "$kept" ] && [ -O "$kept" ]; then
		mkdir -p "$work/module/.kcxx/include/generated"
		ln -s "$kernel/include/generated/autoconf.h" "$work/module/.kcxx/include/generated/"
		sed "s|@WORK@|$work|g" "$kept" > "$work/module/.kcxx/flags.sh"
		return
	fi
	printf 'kcxx-facts := flags\ninclude %s/Makefile.cxx\n' "$here" > "$work/module/Kbuild"
	env -i PATH="$PATH" HOME="${HOME-}" timeout -k 1 120 "$make_command" -s -C "$kernel" \
		"M=$work/module" "$@" >"$work/kbuild-said" 2>&1 </dev/null || return
	[ -s "$work/module/.kcxx/flags.sh" ] || return
	keep "$kept"
}

# Whole or not at all; a directory that cannot be written is no reason to fail. Old ones go.
keep() {
	if ! { mkdir -p "${1%/*}" && sed "s|$work|@WORK@|g" "$work/module/.kcxx/flags.sh" > "$1.$$" &&
		mv "$1.$$" "$1"; } 2>/dev/null; then
		rm -f "$1.$$"
	fi
	find "${1%/*}" -type f -mtime +30 -exec rm -f {} + 2>/dev/null
}

## kbuild_answers: Kbuild says which compilers, tools and flags it uses
## Because kcxx derives its flags from the kernel's own and lists none of them itself.
## Fix: make -C <kernel> M=<an empty module> V=1 shows what stops it
check_kbuild_answers() {
	if [ -z "$flags_file" ]; then
		after make build_tree configured prepared || return
		ask_kbuild
		status=$?
		flags_file=$work/module/.kcxx/flags.sh
		if ! [ -s "$flags_file" ]; then
			case $status in
			124 | 137 | 143) echo 'make did not end within two minutes' >> "$work/kbuild-said" ;;
			esac
			# What went wrong comes before the lines in which each make says that it failed.
			said=$({ grep -v '^g*make\(\[[0-9]*\]\)*: ' "$work/kbuild-said" ||
				cat "$work/kbuild-said"; } | tail -n 3 | printable)
			fail 'Kbuild does not answer' "${said:-nothing}" 'a kernel directory that builds modules' \
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

# --- the compilers themselves -------------------------------------------------------

# The family and major version of the compiler that built the kernel, by its configuration
kernel_compiler() {
	if option CC_IS_CLANG; then
		kernel_family=Clang
		kernel_major=$((${config_CLANG_VERSION:-0} / 10000))
		partner=clang++-$kernel_major
	else
		kernel_family=GCC
		kernel_major=$((${config_GCC_VERSION:-0} / 10000))
		partner=$(cross_prefix)g++-$kernel_major
	fi
}

# What GNU's compilers for the kernel's architecture begin with; nothing for this machine's own
cross_prefix() {
	if option X86_64; then
		gnu=x86_64
	elif option ARM64; then
		gnu=aarch64
	else
		gnu=riscv64
	fi
	[ "$gnu" = "$(uname -m)" ] || echo "$gnu-linux-gnu-"
}

# install_compiler <command>: what to type to get it
install_compiler() {
	name=$(last_word "$1")
	name=${name##*/}
	case "$name" in
	*-[0-9]*) wanted=${name##*-} name=${name%-*} ;;
	*) wanted= ;;
	esac
	# This machine's own compiler has no package of that name; a cross-compiler's has both languages.
	name=${name#"$(uname -m)-linux-gnu-"}
	case "$name" in *-gcc) name=${name%gcc}g++ ;; esac
	case "$name" in
	gcc | g++ | *-g++) family=GCC oldest=g++ ;;
	clang | clang++) family=Clang oldest=clang++ ;;
	*) name=${partner%-*} family=$kernel_family wanted= ;;
	esac
	if [ -z "$wanted" ] && [ "$family" = "$kernel_family" ]; then
		wanted=$kernel_major
	elif [ -z "$wanted" ]; then
		wanted=$(minimum "$oldest")
	fi
	install "$name" "${wanted%%.*}"
}

# identify <language> <command>: sets identity; several words are a wrapper and a compiler
identify() {
	if [ "$1" = c++ ] && [ -n "${KCXX_CXX_IDENTITY-}" ]; then
		identity=$KCXX_CXX_IDENTITY # as Kbuild has found out
		return
	fi
	# shellcheck disable=SC2086 # a compiler may be several words: ccache g++
	if [ -n "${KCXX_CXX_TARGET-}" ]; then
		# Kbuild's, for Clang: GCC knows no such flag
		identity=$(sh "$here/compiler-identity.sh" "$1" $2 "$KCXX_CXX_TARGET") && return
	fi
	# shellcheck disable=SC2086 # likewise
	identity=$(sh "$here/compiler-identity.sh" "$1" $2)
}

## c_compiler: the kernel's C compiler is there, and of the kernel's kind
## Because the C parts of a module and of kcxx are compiled by it.
## Fix: apt-get install the compiler that the kernel directory names
check_c_compiler() {
	after configured || return
	kernel_compiler
	after kbuild_answers || return
	program=$(last_word "$cc")
	if ! exists "$program"; then
		fail "the kernel's C compiler is missing" "no command '$program'" \
			'the compiler that the kernel directory names' "$(install_compiler "$cc")"
		return
	fi
	if ! identify c "$cc"; then
		fail "the kernel's C compiler does not work" "'$cc' does not preprocess C; asked for its version, it says: $(tried "$cc")" \
			'the compiler that the kernel directory names' "$(install_compiler "$cc")"
		return
	fi
	IFS='|' read -r cc_family cc_version _ <<END
$identity
END
	built="the kernel was built by $kernel_family $kernel_major (${config_CC_VERSION_TEXT-})"
	families='the C compiler and the kernel are of different families'
	take_own=$(name_compiler CC KCXX_C_COMPILER "$(c_partner)")
	# What no translation gives the other family; structures that it would lay out otherwise
	options_set CFI_CLANG CFI KMSAN LTO_CLANG_THIN LTO_CLANG_FULL RANDSTRUCT
	if [ "$cc_family" != "$kernel_family" ] && [ -n "$options_found" ]; then
		fail "$families, and this kernel allows one only" "$cc is $cc_family; $built, with $options_found" \
			"$kernel_family" "$take_own"
	elif [ "$cc_family" != "${KCXX_CONFIGURED_FAMILY:-$kernel_family}" ]; then
		fail "$families" "$cc is $cc_family; $built" \
			"$kernel_family, or the answers that Kconfig would give for $cc_family" \
			"$take_own; or make \$(sh $here/make-variables.sh --cc $(last_word "$cc") $kernel)"
	elif [ "$cc_family" != "$kernel_family" ]; then
		warn "$families" "$cc is $cc_family; $built" \
			"$kernel_family; with this one Kbuild is told what Kconfig would answer for it: mitigations stay, $(not_translated C)" \
			"$take_own"
	elif [ "${cc_version%%.*}" != "$kernel_major" ]; then
		warn "the C compiler is of another major version than the kernel's" \
			"$cc is $cc_version; $built" "$cc_family $kernel_major" "$take_own"
	else
		ok "$cc ($cc_family $cc_version)"
	fi
}

c_partner() {
	case "$kernel_family" in
	Clang) echo "clang-$kernel_major" ;;
	*) echo "$(cross_prefix)gcc-$kernel_major" ;;
	esac
}

# name_compiler <make's variable> <CMake's> <command>: how to name it, and get it first
name_compiler() {
	said="$1=$3 for make, -D$2=$3 for CMake"
	exists "$3" || said="$(install_compiler "$3"), then $said"
	echo "$said"
}

# What to do where a compiler does not fit: take the kernel's own. If it is that one
# already, the flags are at fault, and those are kcxx's.
take_partner() {
	if [ "$cxx_family" = "$kernel_family" ] && [ "${cxx_version%%.*}" = "$kernel_major" ]; then
		echo "report it to kcxx with what this prints: sh $here/cxxavailable.sh --kernel $kernel --verbose"
	else
		name_compiler CXX KCXX_CXX_COMPILER "$partner"
	fi
}

## cxx_compiler: the C++ compiler is there and works
## Because all C++ of a module is compiled by it: the partner of the kernel's C compiler, unless another is named.
## Fix: apt-get install g++-<major>, or name one: CXX=, -DKCXX_CXX_COMPILER=, --cxx
check_cxx_compiler() {
	after configured || return
	cxx_version=
	[ -n "$cxx" ] || after kbuild_answers || return
	program=$(last_word "$cxx")
	if ! exists "$program"; then
		fail 'the C++ compiler is missing' "no command '$program'" \
			"$partner, which goes with the compiler that built the kernel" "$(install_compiler "$cxx")"
		return
	fi
	identify c++ "$cxx"
	status=$?
	IFS='|' read -r cxx_family cxx_version cxx_target cxx_headers <<END
$identity
END
	if [ $status -ne 0 ]; then
		fail 'this is no C++ compiler that kcxx knows' \
			"'$cxx' does not preprocess C++; asked for its version, it says: $(tried "$cxx")" \
			'GCC or Clang' "$(install_compiler "$partner")"
	else
		ok "$cxx ($cxx_family $cxx_version)"
	fi
}

# What a command prints when asked for its version
tried() {
	# shellcheck disable=SC2086 # several words
	hear 5 $1 --version
	[ $? -ne 124 ] || said='nothing, it does not end'
	printf '%s' "${said:-nothing}" | printable
}

## cxx_version: the C++ compiler is new enough
## Because kcxx is written in C++23 and was measured with these versions.
## Fix: apt-get install a newer compiler of that family
check_cxx_version() {
	after cxx_compiler || return
	case "$cxx_family" in
	Clang) tool=clang++ ;;
	*) tool=g++ ;;
	esac
	needed=$(minimum "$tool")
	if older "$cxx_version" "$needed"; then
		fail 'the C++ compiler is too old' "$cxx is $cxx_version" "$tool $needed or newer" \
			"$(install "$tool" "${needed%%.*}")"
	else
		ok "$cxx_version"
	fi
}

# not_translated <language>: what is left out; see Makefile.cxxtranslate, other-compiler.sh
not_translated() {
	options_set KASAN KCSAN UBSAN KCOV GCOV_KERNEL GCC_PLUGINS
	echo "warnings are the compiler's own${options_found:+, and $options_found do not reach $1}"
}

## cxx_family: the C++ compiler is of the family that built the kernel, or its flags can be translated
## Because GCC and Clang name their flags differently, and sanitizers, kCFI and LTO are bound to one of them.
## Fix: CXX=<partner> for make, -DKCXX_CXX_COMPILER=<partner> for CMake
check_cxx_family() {
	after cxx_compiler || return
	found="$cxx is $cxx_family; the kernel was built by $kernel_family $kernel_major"
	# What no translation gives the other family
	options_set CFI_CLANG CFI KMSAN LTO_CLANG_THIN LTO_CLANG_FULL
	configured=${KCXX_CONFIGURED_FAMILY:-$kernel_family} # Kbuild's flags are for this one
	if [ "$cxx_family $configured" = "$kernel_family $kernel_family" ]; then
		ok "$cxx_family"
	elif [ "$cxx_family" != "$kernel_family" ] && [ -n "$options_found" ]; then
		fail 'the C++ compiler and the kernel are of different families, and this kernel allows one only' \
			"$found, with $options_found" "$partner, or another $kernel_family" \
			"$(take_partner)"
	elif [ "$cxx_family" != "$configured" ] && ! { [ "$cxx_family $configured" = 'Clang GCC' ] && option X86_64; }; then
		fail 'the C++ compiler is of another family than the C compiler' "$cxx is $cxx_family; C is compiled by $configured" \
			"both by one family" "$(take_partner); or make \$(sh $here/make-variables.sh --cxx $(last_word "$cxx") $kernel)"
	else
		warn 'the C++ compiler and the kernel are of different families' "$found" \
			"$partner, or another $kernel_family; with this one flags are translated: mitigations are as in C, $(not_translated C++)" \
			"$(take_partner)"
	fi
}

## cxx_major: the C++ compiler has the major version of the kernel's compiler
## Because kernel developers test their flags and mitigations with one compiler at a time.
## Fix: CXX=<partner> for make, -DKCXX_CXX_COMPILER=<partner> for CMake
check_cxx_major() {
	after cxx_compiler || return
	if [ "$cxx_family" != "$kernel_family" ]; then
		ok 'of another family'
	elif [ "${cxx_version%%.*}" = "$kernel_major" ]; then
		ok "$kernel_major"
	else
		warn "the C++ compiler is of another major version than the kernel's" \
			"$cxx is $cxx_version; the kernel was built by $kernel_family $kernel_major" "$partner" \
			"$(take_partner)"
	fi
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

## standard_headers: the C++ compiler finds the standard library's headers
## Because <expected>, <span>, <type_traits> and others are used as they are.
## Fix: apt-get install libstdc++-<major>-dev
check_standard_headers() {
	after cxx_compiler || return
	rest=$cxx_headers\|
	while [ -n "$rest" ]; do
		directory=${rest%%|*}
		rest=${rest#*|}
		if [ -e "$directory/cstddef" ] && [ -e "$directory/expected" ]; then
			ok "$directory"
			return
		fi
	done
	# A g++ has its own; Clang takes the newest there is.
	case "$cxx_family" in
	Clang) brings_them=libstdc++ ;;
	*) brings_them=g++ ;;
	esac
	fail "the C++ standard library's headers are missing, or too old" \
		"no <expected> in $(printf '%s' "${cxx_headers:-any directory of $cxx}" | tr '|' ' ')" \
		"libstdc++ $(minimum libstdc++) or newer" "$(install "$brings_them" "$(minimum libstdc++)")"
}
