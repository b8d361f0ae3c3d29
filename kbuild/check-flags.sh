#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: check-flags.sh <flags.sh> <C|CXX> <object> <source> <compiler> <argument>…
#	flags.sh: from Makefile.cxxfacts: the compilers, and the kernel's own flags
#	compiler, arguments: the command that compiled the source to the object
#
# Refuses and removes an object that was compiled with a flag that undoes one of the kernel's. The flags in
# module-flags.sh are allowed. For each other flag, compares the compiler's macros and options with it and
# without it, after the kernel's flags.

flags_file=$1
language=$2
object=$3
source=$4
shift 4
here=${0%/*}
. "$flags_file"
. "$here/module-flags.sh"
. "$here/shell-word.sh"

if [ "$language" = CXX ]; then
	compiler=$KCXX_CXX
	kernel_flags=$KCXX_CXX_FLAGS
	input=c++
else
	compiler=$KCXX_CC
	kernel_flags=$KCXX_C_FLAGS
	input=c
fi
kernel=" $(eval "set -- $kernel_flags"; echo "$*") "

# is_in <words> <flag>
is_in() {
	case "$1" in *" $2 "*) ;; *) return 1 ;; esac
}

# Does this -D or -U name a macro of the kernel's flags, or perhaps one of the compiler?
names_known_macro() {
	macro=${1#-[DU]}
	macro=${macro# }
	macro=${macro%%=*}
	case "$macro" in
	KBUILD_* | __KBUILD_*) return 1 ;; # each object's own
	__*) ;;
	*) is_in "$kernel" "-D$macro" || case "$kernel" in *" -D$macro="*) ;; *) return 1 ;; esac ;;
	esac
}

# May the module have or lack this flag, whatever the compiler makes of it?
is_known() {
	case "$1" in
	-[DU]*) ! names_known_macro "$1" ;;
	-fplugin=./*) is_in "$kernel" "-fplugin=$KCXX_CURDIR/${1#-fplugin=./}" ;;
	-fplugin="$KCXX_CURDIR"/*) is_in "$given" "-fplugin=./${1#-fplugin="$KCXX_CURDIR"/}" ;;
	*) module_may_have "$1" || is_in " $KCXX_OPTIONAL_FLAGS " "${1#-mllvm }" || { [ -n "$with_fpu" ] && file_with_fpu_may_have "$1"; } ;;
	esac
}

# each_flag <words in which to look> <function> <word>…: calls the function with each flag that is not among the
# words in which to look. A flag includes its argument, if that is a word of its own.
each_flag() {
	words=$1
	function=$2
	shift 2
	before=
	for word in "$@"; do
		flag=${before:+$before }$word
		if [ -z "$before" ] && flag_takes_argument "$word"; then
			before=$word
			continue
		fi
		before=
		case "$flag" in
		-o\ * | -M[FQT]\ * | -Wp,-M* | [!-]*) ;;
		*) is_in "$words" "$flag" || is_known "$flag" || "$function" "$flag" ;;
		esac
	done
}

newline='
'
added=
removed=
add() {
	added="$added$1$newline"
}
remove() {
	removed="$removed$1$newline"
}

# Prints the kernel's flags without the files that they include: made_of() need not read those
flags_alone() {
	skip=
	for word in "$@"; do
		case "$skip$word" in
		-include) skip=y ;;
		y*) skip= ;;
		*)
			quote "$word"
			# shellcheck disable=SC2154 # set by quote
			printf '%s ' "$quoted"
			;;
		esac
	done
}

# Are these the macros of Clang?
is_clang() {
	grep -q '__clang__' "$1"
}

# made_of <file> <flag>…: writes the compiler's macros for the kernel's flags and these, then the state of
# its options; for Clang, the command that it would run shows them
made_of() {
	file=$1
	shift
	eval "set -- $compiler $alone \"\$@\""
	"$@" -dM -E -x "$input" /dev/null > "$file" 2>/dev/null
	if is_clang "$file"; then
		"$@" '-###' -c -x "$input" -o /dev/null /dev/null 2>&1 | grep '^ "' | tr ' ' '\n' > "$file.state"
	else
		"$@" -Q --help=target --help=common --help=optimizers 2>/dev/null | tr -s '\t ' ' ' |
			grep -v '^ -\(o\|aux[a-z-]*\|dump[a-z-]*\) ' > "$file.state"
	fi
	cat "$file.state" >> "$file"
}

# Is a flag without effect if the compiler shows no change? Clang shows all options. GCC never shows some of them,
# and shows some that are off as if they were on.
is_harmless_if_nothing_changes() {
	case "$1" in
	-std=* | -[DU]* | -fsigned-char | -funsigned-char) return 0 ;; # the macros show it
	-x\ *) return 1 ;; # asked about another file
	esac
	! contradicts_kernel "$1" || return 1
	! is_clang "$work/kernel" || return 0
	case "$1" in
	-[fm]no-*) option="$(printf '%.2s' "$1")${1#-[fm]no-}" ;;
	*=*) option=${1%%=*}= ;;
	*) return 1 ;;
	esac
	grep -q -e "^ $option [^ ]" "$work/kernel"
}

# Do the kernel's flags have this option with another value? -fX and -fno-X, -mX=1 and -mX=2
contradicts_kernel() {
	option=${1%%=*}
	case "$option" in
	-[fm]no-*) option="$(printf '%.2s' "$option")${option#-[fm]no-}" ;;
	-[fm]*) ;;
	*) return 1 ;;
	esac
	letter=$(printf '%.2s' "$option")
	case "$kernel" in
	*" $option "* | *" $option="* | *" ${letter}no-${option#-?} "*) ;;
	*) return 1 ;;
	esac
}

# undoes <flag>: true if it undoes flags of the kernel; sets change to the difference for the report
undoes() {
	# shellcheck disable=SC2086 # a flag and its argument
	case "$1" in
	-*\ *) made_of "$work/changed" ${1%% *} "${1#* }" ;;
	*) made_of "$work/changed" "$1" ;;
	esac
	change=$({
		case "$1" in
		-[DU]*) ;; # a macro more is the module's own
		*) grep -vxF -f "$work/kernel" "$work/changed" | sed 's/^#define \([^ ]*\) .*/the macro \1/' ;;
		esac
		grep -vxF -f "$work/changed" "$work/kernel" | sed -n -e 's/^#define \([^ ]*\) .*/the macro \1/p' -e 's/^"/no "/p'
	} | tr -d '"' | sed 's/^ //' | LC_ALL=C sort -u | head -n 3 | paste -s -d , - | sed 's/,/, /g')
	[ -n "$change" ] || ! is_harmless_if_nothing_changes "$1"
}

# The places where flags of this object are set
if [ -n "${object##*/CMakeFiles/*.dir/*}" ] && [ -n "${object##CMakeFiles/*.dir/*}" ]; then
	stem=${object##*/}
	stem=${stem%.o}
	stem=${stem%.c[cpx]*}
	giver="ccflags-y, cxxflags-y, CXXFLAGS_$stem.o or CFLAGS_$stem.o, and from make's command line"
	taker="ccflags-remove-y and CFLAGS_REMOVE_$stem.o"
	fpu_word="KCXX_FPU_$stem.o := y"
else
	target=${object%%.dir/*}
	target=${target##*/}
	giver="the options of $target (target_compile_options()), of this source, and of the libraries that $target links"
	taker=$giver
	fpu_word="set_source_files_properties(${source##*/} PROPERTIES KCXX_FPU ON)"
fi

# refuse <construct> <flag> <why> <fix>
refuse() {
	bad=y
	printf '%s: error: kcxx: %s\n  found: %s\n  why:   %s\n  fix:   %s\n' "$source" "$1" "$2" "$3" "$4" >&2
}

# of_fpu <flag>: prints what to add to the fix
of_fpu() {
	case "$1" in
	-m[!n]*) ! file_with_fpu_may_have "$1" || printf '%s' ". Code that runs between kernel_fpu_begin() and kernel_fpu_end() has a file of its own: $fpu_word" ;;
	esac
}

judge_added() {
	made_of "$work/kernel"
	while read -r flag; do
		[ -n "$flag" ] || continue
		undoes "$flag" || continue
		if [ "$input" = c++ ] && [ -z "${flag##-std=*}" ]; then
			why='kcxx is written in C++23; sources of older C++ compile with it'
		elif [ -n "$change" ]; then
			why="the compiler then differs from what the kernel's flags make of it: $change"
		else
			why="the kernel has no such flag, and the compiler does not show what it changes"
		fi
		refuse 'a flag that undoes flags of the kernel' "$flag" "$why" "take $flag out of $giver$(of_fpu "$flag")"
	done <<END
$added
END
}

judge_removed() {
	while read -r flag; do
		[ -n "$flag" ] || continue
		refuse 'a flag of the kernel is taken away' "no $flag" 'each object of a module has the flags of the kernel' \
			"take $flag out of $taker"
	done <<END
$removed
END
}

# names_response_file <word>…
names_response_file() {
	for word in "$@"; do
		case "$word" in @*) [ ! -r "${word#@}" ] || return 0 ;; esac
	done
	return 1
}

# with_response_files <word>…: prints the words, with the content of response files in place of their names, a line
# each. GCC and xargs(1) treat quotes alike.
with_response_files() {
	for word in "$@"; do
		case "$word" in
		@*) [ ! -r "${word#@}" ] || xargs printf '%s\n' < "${word#@}" ;;
		*) printf '%s\n' "$word" ;;
		esac
	done
}

depth=0
while names_response_file "$@" && [ "$depth" -lt 20 ]; do
	eval "set -- $(with_response_files "$@" | sed "s/'/'\\\\''/g; s/.*/'&'/" | tr '\n' ' ')"
	depth=$((depth + 1))
done
given=" $* "
with_fpu=
is_in "$given" -DKCXX_FPU && with_fpu=y
each_flag "$kernel" add "$@"
eval "each_flag \"\$given\" remove $kernel_flags"
case "$given" in *" -O"[123sz]" "*) ;; *) remove -O2 ;; esac
[ -n "$added$removed" ] || exit 0

# The same flags are checked only once
asked=${flags_file%/*}/flags-asked/$({
	printf '%s\n' "$compiler" "$kernel_flags" "$added$removed" "$with_fpu"
	cat "$0" "$here/module-flags.sh"
} | cksum | tr ' ' '-')
[ ! -e "$asked" ] || exit 0
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
bad=
alone=$(eval "flags_alone $kernel_flags")
judge_added
judge_removed
if [ -n "$bad" ]; then
	rm -f "$object"
	exit 1
fi
mkdir -p "${asked%/*}" && : > "$asked"
