#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: bindgen.sh [--whole] <flags.sh> <directory> <source> <C++ compiler> <argument>…
#        bindgen.sh --library <flags.sh> <directory>
#
# Makes the kernel's headers that a C++ source includes, in C++: <directory>/include/linux/….h. Whoever compiles
# the source names that directory first (add-bindings.sh). The names in the source decide which declarations are
# chosen; the kernel's own C compiler, with the kernel's flags, decides what they are. Nothing is made for a source
# that includes no header of the kernel's.
#
# --whole: for an editor (editor-bindings.sh). All that the headers declare is chosen, functions without their bodies,
# and has the comments of the headers before it. Nothing is asserted: the build does that. The bindings are made below
# <directory>, in a folder of their own for these headers and flags, whose path is printed.
#
# --library: the bindings of the library's own headers, which all sources share: what these name of the kernel's C, by
# the headers of C in helpers/. Bindings of a source that includes the library leave out what these declare.
#
# Leaves in <directory>:
#   include/      the headers, each of which includes bindings.hpp
#   bindings.hpp  declarations, macros, and assertions that C and C++ lay them out alike
#   own.hpp       to be read before the source, if it includes headers of the project's that are C
#   guards.hpp    for -imacros: keeps the compiler from reading those headers
#   headers       what all was made from: headers of C, and the programs of this folder; a path a line
#   key           a checksum of all that it was made from: made anew where that changes
#   whole-key     the folder's name of the whole bindings of the same headers
#   declarations, tags, wrapped   read by wrappers.sh
#   macros, dropped, index        read by undeclared.sh
#   directives.c, preprocess      the source's directives as C and the project's flags for them, read by export-symbols.sh
#
# Steps, each of which reads what the one before wrote:
#
#   used-names.awk, own-headers.awk   source → names, headers, and its directives as C
#   cc -E -dD, declarations.awk   → all declarations and macros, one a line; kept beside flags.sh, for all sources
#                                 with the same directives
#   select.awk                    → those that the names need
#   layout-questions.awk, cc -S   → sizes and offsets
#   cxx-declarations.awk          → C++; c++ -fsyntax-only and refused.awk, until C++ takes all of it
#   macros.awk, layout-assertions.awk, placed.awk   → bindings.hpp
#
# Needs: the kernel's C compiler, the C++ compiler, awk. Status: 0, or 1 and what a compiler wrote.

set -e
LC_ALL=C
export LC_ALL

# Every awk writes the same; mawk takes half of gawk's time.
if command -v mawk > /dev/null; then
	awk() { mawk "$@"; }
fi

here=${0%/*}
whole=
library=
case "$1" in
--whole)
	whole=y
	shift
	;;
--library)
	library=y
	shift
	set -- "$1" "$2" "${here%/*}/include/kernel" '-DKBUILD_MODNAME="kcxx"' '-DKBUILD_BASENAME="kcxx"' '-D__KBUILD_MODNAME=kmod_kcxx'
	;;
esac
flags=$1
out=$2
source=$3
shift 3
. "$flags"
. "$here/kernel-compiler.sh"
. "${here%/*}/forced-headers.sh"
. "${here%/*}/shell-word.sh"

# The compilers' arguments
# --------------------------------------------------------------------------

# C gets what the project gives to C++ as well: its macros, and where its headers are. The names of module and
# object stay as they are until the end: sources that differ in no more share all declarations.
macros=
own_macros=
project_folders=
project_includes=
previous=
for argument in "$@"; do
	case "$previous" in
	-I | -isystem | -iquote | -D | -U | -imacros) argument=$previous$argument ;;
	esac
	previous=
	case "$argument" in
	-I | -isystem | -iquote | -D | -U | -imacros) previous=$argument ;;
	-imacros*/.kcxx/*/guards.hpp) ;; # bindings
	-D__KCXX_CXX_VERSION=* | -D__STDC_HOSTED__=* | -D__KERNEL__ | -DMODULE) ;;
	-DKBUILD_*=* | -D__KBUILD_*=*)
		quote "$argument"
		# shellcheck disable=SC2154 # set by quote
		own_macros="$own_macros $quoted"
		name=${argument#-D}
		macros="$macros -D${name%%=*}=${name%%=*}"
		;;
	-D* | -U* | -imacros*)
		quote "$argument"
		own_macros="$own_macros $quoted"
		macros="$macros $quoted"
		;;
	-I* | -isystem* | -iquote*)
		folder=${argument#-I}
		folder=${folder#-isystem}
		folder=${folder#-iquote}
		case "$folder" in
		"${here%/*}"/*) continue ;;
		*.kcxx/include) [ -e "$folder/generated/kcxx-probes.h" ] || continue ;; # macros of the project
		esac
		case "|$KCXX_CXX_IDENTITY|" in *"|$folder|"*) continue ;; esac
		# The project calls a library's directory SYSTEM: such headers are C++, whose branches for other systems
		# name headers of theirs.
		case "$argument" in -isystem*) ;; *) project_folders="$project_folders:$folder" ;; esac
		quote "-I$folder"
		project_includes="$project_includes $quoted"
		;;
	esac
done

# Headers that options include: read as if the source's first lines named them. Kbuild's flags have them as well.
forced=$(forced_headers "$@" | paste -sd: -)

# without_forced <flags>: without the options that name them
without_forced() {
	_flags=" $1 "
	_rest=$forced:
	while [ -n "${_rest#:}" ]; do
		_header=${_rest%%:*}
		_rest=${_rest#*:}
		for _name in "$_header" "$KCXX_CURDIR/${_header#./}"; do
			for _option in "-include $_name" "-include$_name"; do
				while case "$_flags" in *" $_option "*) ;; *) false ;; esac; do
					_flags="${_flags%%" $_option "*} ${_flags#*" $_option "}"
				done
			done
		done
	done
	printf '%s\n' "$_flags"
}

if [ -n "$forced" ]; then
	KCXX_C_FLAGS=$(without_forced "$KCXX_C_FLAGS")
	KCXX_CXX_FLAGS=$(without_forced "$KCXX_CXX_FLAGS")
fi

# quiet <compiler or its identity>: the options for errors that awk reads
quiet() {
	case "$1" in
	*[Cc]lang*) echo '-ferror-limit=0 -fno-caret-diagnostics -fno-spell-checking -fno-color-diagnostics' ;;
	*) echo '-fmax-errors=0 -fno-diagnostics-show-caret -fdiagnostics-color=never' ;;
	esac
}

# The source's directives, and what they include. C++ has no named address spaces; where the headers use them, they
# have another way as well. compiler_types.h asks for them since Linux 7.2.
preprocessing_flags=$(printf '%s\n' "$KCXX_C_FLAGS" |
	sed "s|-include [^ ]*/linux/compiler_types\.h|-include ${here%/*}/no-named-address-spaces.h &|")
cc_preprocess() {
	eval "$KCXX_CC $preprocessing_flags $macros $project_includes" -include '"${here%/*}/no-named-address-spaces.h"' -E -dD '"$@"'
}

cc_compile() {
	eval "cc_preprocessed -fno-lto $(quiet "$KCXX_CC")" '"$@"'
}

cxx_check() {
	case "$KCXX_CXX_IDENTITY" in
	*[Cc]lang*) ranges=-fdiagnostics-print-source-range-info ;; # see void-arithmetic.awk
	*) ranges= ;;
	esac
	eval "$KCXX_CXX $KCXX_CXX_FLAGS $own_macros $(quiet "$KCXX_CXX_IDENTITY") $ranges" -w -fsyntax-only -x c++ '"$@"'
}

# Typographic quotes become plain ones.
plain() {
	sed "s/$(printf '\342\200')[$(printf '\230\231')]/'/g"
}

# The names that the source uses
# --------------------------------------------------------------------------

[ -z "$whole" ] || out=$out/new
new=$out.$$
[ -n "${KCXX_KEEP_BINDINGS-}" ] || trap 'rm -rf "$new"' EXIT
rm -rf "$new"
mkdir -p "$new"

# The names of C that the library uses, and its headers of C
list_library_uses() {
	# shellcheck disable=SC2046 # a path each, without spaces
	awk -v folder="$source" -f "$here/library-uses.awk" $(find "$source" "${here%/*}/runtime" -type f | sort) > "$new/uses"
	grep -v '^H ' "$new/uses" | sort -u > "$new/used"
	printf '#include "%s"\n' "${here%/*}"/helpers/*.h > "$new/directives.c"
	echo library > "$new/kernel-headers"
	: > "$new/own-headers"
	: > "$new/cxx-headers"
	: > "$new/cxx-places"
	: > "$new/first"
}

# shellcheck disable=SC2154 # of kernel-compiler.sh
list_source_uses() {
	awk -v source="$source" -v project="$project_folders" -v headers="$kernel_folders" -v skeleton="$new/directives.c" \
		-v cxx="$new/cxx-headers" -v places="$new/cxx-places" -v kernel="$new/kernel-headers" -v own="$new/own-headers" -v first="$new/first" \
		-v forced="$forced" -v directory_now="$PWD" -f "$here/own-headers.awk" -f "$here/used-names.awk" | sort > "$new/used"
}

if [ -n "$library" ]; then
	list_library_uses
else
	list_source_uses
fi

# "early": an #include stands in a namespace, which matters to headers of C alone.
if [ ! -s "$new/kernel-headers" ] && ! grep -qvx early "$new/own-headers"; then
	[ -n "$whole" ] || rm -rf "$out"
	exit 0
fi

# All declarations, of which sources with the same directives share one
# --------------------------------------------------------------------------

index=${flags%/*}/bindings/$(
	{
		printf '%s\n' "$KCXX_CC $KCXX_CC_VERSION $KCXX_C_FLAGS" "$macros $project_includes"
		grep -v '^# ' "$new/directives.c"
		cat "$here/declarations.awk" "${here%/*}/no-named-address-spaces.h"
	} | cksum | tr ' ' -
)

# contents: of all headers that it was made from, whatever their dates are
contents() {
	xargs cat < "$index.headers" 2> /dev/null | cksum
}

make_index() {
	mkdir -p "${index%/*}"
	if ! cc_preprocess -MD -MF "$new/depfile" "$new/directives.c" -o "$new/preprocessed" 2> "$new/errors"; then
		cat "$new/errors" >&2
		sh "$here/refusal.sh" "$source" "$new/errors" "$kernel_folders" >&2
		exit 1
	fi
	case " $KCXX_C_FLAGS " in
	*" -fms-extensions "*) embeds=y ;;
	*) embeds= ;;
	esac
	awk -v macros="$new/all-macros" -v embeds="$embeds" -f "$here/declarations.awk" "$new/preprocessed" > "$new/all-declarations"
	sed -e 's/\\$//' "$new/depfile" | tr -s ' ' '\n' |
		sed -e '/:$/d' -e '/directives\.c$/d' -e '/^$/d' -e 's|/[^/.][^/]*/\.\./|/|' | sort -u > "$new/all-headers"
	mv "$new/all-macros" "$index.macros"
	mv "$new/all-declarations" "$index.declarations"
	mv "$new/all-headers" "$index.headers"
	contents > "$new/contents"
	mv "$new/contents" "$index.contents" # the last: without it, there is no index
	rm "$new/preprocessed" "$new/depfile"
}

if [ ! -e "$index.contents" ] || [ "$(contents)" != "$(cat "$index.contents")" ]; then
	make_index
fi

# The library's bindings come first: their declarations, and the enumerators that they hide
declared=
hidden=
if [ -n "$library" ]; then
	(cd "${here%/*}/include" && find kernel -name '*.hpp') |
		awk -v headers="${here%/*}/include" -f "$here/library-names.awk" | sort -u > "$new/names"
	hidden=$new/hidden
fi
if grep -qx generated/kcxx-bindings.hpp "$new/cxx-headers"; then
	declared=${flags%/*}/library/declarations
	hidden=${flags%/*}/library/hidden
fi

# Neither the names of modules nor of the build directory are in it: projects share whole bindings.
whole_key=$(
	{
		printf '%s\n' "$KCXX_CC $KCXX_CC_VERSION $KCXX_C_FLAGS" "$KCXX_CXX $KCXX_CXX_FLAGS" "$macros $project_includes" |
			sed "s|${flags%/.kcxx/flags.sh}||g"
		cat "$index.contents" "$new/cxx-headers" "$new/kernel-headers" "$new/own-headers" "$new/first"
		[ -z "$declared" ] || cat "$declared"
		cat "$here"/*.awk "$here"/*.sh "$here"/*.hpp "$here"/*.txt
	} | cksum | tr ' ' -
)
if [ -n "$whole" ]; then
	out=${out%/new}/$whole_key
	if [ -e "$out/key" ]; then
		touch "$out" # old ones are removed
		printf '%s\n' "$out"
		exit 0
	fi
fi

key=$(
	{
		printf '%s\n' "$here" "$index" "$KCXX_CXX $KCXX_CXX_FLAGS $own_macros" "${KCXX_ANALYSIS:+for Clang as well}"
		cat "$index.contents" "$new/used" "$new/cxx-headers" "$new/kernel-headers" "$new/own-headers" "$new/first"
		[ -z "$declared" ] || cat "$declared"
		[ -z "$library" ] || cat "$new/names"
		cat "$here"/*.awk "$here"/*.sh "$here"/*.hpp "$here"/*.txt
	} | cksum
)
if [ -e "$out/key" ] && [ "$(cat "$out/key")" = "$key" ]; then
	exit 0
fi

# The chosen ones, in C and in C++
# --------------------------------------------------------------------------

awk -v headers="${here%/*}/include" -f "$here/library-names.awk" "$new/cxx-headers" | sort -u > "$new/library"
index_macros=$index.macros
[ -z "$library" ] || index_macros=/dev/null # the library has none: a source would meet them
for list in cast wrapped dropped complete clashes macros tags; do
	: > "$new/$list"
done

# wants_more: whether a struct that select.awk left out must be whole
wants_more() {
	plain < "$new/errors" > "$new/errors.plain"
	awk -v complete="$new/complete" -f "$here/incomplete.awk" "$new/declarations" "$new/errors.plain" > "$new/more"
	[ -s "$new/more" ] || return 1
	cat "$new/more" >> "$new/complete"
	for list in cast wrapped dropped; do # their numbers change
		: > "$new/$list"
	done
}

# A kernel may shuffle the members of structs, and bit-fields with them.
case "$KCXX_C_FLAGS" in
*randomize*layout*) bits=$new/bit-fields ;;
*) bits= ;;
esac

bit_positions() {
	[ -s "$bits" ] || return 0
	cc_compile -c "$new/layout.c" -o "$new/layout.o"
	"$KCXX_NM" "$new/layout.o" > "$new/bits.names"
	"$KCXX_OBJCOPY" -O binary --only-section=kcxx_bits --set-section-flags kcxx_bits=alloc,contents,load "$new/layout.o" "$new/bits"
	od -An -v -tx1 "$new/bits" > "$new/bits.bytes"
	awk -f "$here/bit-positions.awk" "$bits" "$new/bits.names" "$new/bits.bytes" | sort
}

# An editor shows no body of a function.
without_bodies() {
	[ -z "$whole" ] || awk '$1 == "F" { print NR }' "$new/declarations" > "$new/wrapped"
}

select_declarations() {
	awk -v macros="$new/macros" -v tags="$new/tags" -v library="$new/library" -v clashes="$new/clashes" \
		-v complete="$new/complete" -v edges="${library:+$new/edges}" -v whole="$whole" -v provided_by="$here/c-words.hpp:$here/cxx-only.hpp" -f "$here/cxx-names.awk" \
		-f "$here/parameters.awk" -f "$here/pastes.awk" -f "$here/pointers.awk" -f "$here/select.awk" "$new/used" "${index_macros}" \
		"$index.declarations" > "$new/declarations"
	without_bodies
	{
		awk -f "$here/c-declarations.awk" "$new/tags" "$new/declarations"
		echo '# 1 "kcxx-layout"'
		awk -v bits="$bits" -f "$here/members.awk" -f "$here/layout-questions.awk" "$new/declarations"
	} > "$new/layout.c"
	if cc_compile -S "$new/layout.c" -o "$new/layout.s" 2> "$new/errors"; then
		sed -n '/"->/{s/.*"->//; s/"$//; s/[$#]//; p;}' "$new/layout.s" > "$new/layout"
		[ -z "$bits" ] || bit_positions >> "$new/layout"
	elif wants_more; then
		select_declarations
	else
		cat "$new/errors" >&2
		sh "$here/refusal.sh" "$source" "$new/errors" "$kernel_folders" >&2
		exit 1
	fi
}

# Clang has function effects; GCC need not read their words.
case "$KCXX_CXX_IDENTITY" in
*[Cc]lang*) effects=$here/sleeping-functions.txt ;;
*) effects= ;;
esac

# write_bindings [<list of functions that C++ cannot take>]: as C++ sees it, but for the places
write_bindings() {
	echo '#pragma once'
	sed 's/.*/#include <&>/' "$new/cxx-headers"
	if [ -n "$library" ]; then
		echo "#include \"$here/c-words.hpp\""
	else
		echo "#include \"$here/cxx-only.hpp\""
	fi
	echo '#pragma GCC system_header'
	sed 's/.*/#ifndef &\nusing kernel::&;\n#endif/' "$new/clashes" # <cerrno> has numbers of the same names
	if [ -n "$library" ]; then
		awk -f "$here/hidden-enumerators.awk" "$new/names" "$new/declarations" > "$hidden"
		echo 'namespace kcxx_bindings {}'
		echo 'namespace kernel { namespace bindings = ::kcxx_bindings; }'
	else
		echo 'extern "C" {'
	fi
	awk -v layout="$new/layout" -v library="$new/library" -v cast="$new/cast" -v wrapped="${1:-$new/wrapped}" \
		-v dropped="$new/dropped" -v used="$new/used" -v declared="$declared" -v hidden="$hidden" \
		-v space="${library:+kcxx_bindings}" -v sleeping="$effects" -v folders="$kernel_folders:${here%/*}/helpers" -f "$here/effects.awk" -f "$here/cxx-names.awk" -f "$here/members.awk" -f "$here/expressions.awk" \
		-f "$here/initialisers.awk" -f "$here/cxx-declarations.awk" "$new/layout" "$new/tags" "$new/declarations"
	if [ -z "$whole" ]; then
		echo '# 1 "kcxx-layout" 3'
		awk -v layout="$new/layout" -v library="$new/library" -f "$here/cxx-names.awk" \
			-f "$here/layout-assertions.awk" "$new/layout"
	fi
	[ -z "$library" ] || return 0
	echo '}'
	echo '# 1 "kcxx-macros"' # not a system header: a wrong format of pr_info() is the source's
	awk -v layout="$new/layout" -f "$here/cxx-names.awk" -f "$here/members.awk" -f "$here/expressions.awk" -f "$here/initialisers.awk" \
		-f "$here/parameters.awk" -f "$here/loops.awk" -f "$here/macros.awk" "$new/macros"
}

rounds=0
inline_void=y
select_declarations
write_bindings > "$new/bindings.hpp"
until cxx_check "$new/bindings.hpp" 2> "$new/errors"; do
	rounds=$((rounds + 1))
	if wants_more; then
		select_declarations
	else
		cat "$new/cast" "$new/wrapped" "$new/dropped" > "$new/refused.before"
		[ "$rounds" -lt 10 ] || inline_void= # whatever it is, casts to char do not mend it
		awk -v cast="$new/cast" -v wrapped="$new/wrapped" -v dropped="$new/dropped" -v inline_void="$inline_void" \
			-f "$here/refused.awk" "$new/declarations" "$new/errors.plain" > "$new/errors.other"
		if [ -s "$new/errors.other" ] || [ "$rounds" -gt 20 ]; then
			sed 's/^\([^ {]*\):{[^ ]*}: /\1: /' "$new/errors.plain" |
				awk -v bindings="$new/bindings.hpp" -f "$here/included-places.awk" "$new/cxx-places" "$new/bindings.hpp" - |
				tee "$new/errors" >&2
			sh "${here%/*}/explain-errors.sh" "$@" < "$new/errors" >&2
			exit 1
		fi
		if cat "$new/cast" "$new/wrapped" "$new/dropped" | cmp -s - "$new/refused.before"; then
			awk -f "$here/void-arithmetic.awk" "$new/errors.plain" "$new/bindings.hpp" > "$new/bindings.next"
			mv "$new/bindings.next" "$new/bindings.hpp"
			continue
		fi
	fi
	write_bindings > "$new/bindings.hpp"
done

# Clang reads the library's bindings of g++ in an editor, and a source's for its analyses. It takes less of C: it gets
# the functions without bodies.
for_clang_as_well() {
	awk '$1 == "F" { print NR }' "$new/declarations" > "$new/functions"
	mv "$new/bindings.hpp" "$new/bindings.compiled"
	effects=$here/sleeping-functions.txt
	echo '#pragma once'
	echo '#if defined(__clang__)'
	write_bindings "$new/functions" | sed 1d
	echo '#else'
	sed 1d "$new/bindings.compiled"
	echo '#endif'
}

case "${library:-${KCXX_ANALYSIS:+y}}$KCXX_CXX_IDENTITY" in
y*[Cc]lang*) ;;
y*)
	for_clang_as_well > "$new/bindings.both"
	mv "$new/bindings.both" "$new/bindings.hpp"
	;;
esac

# The files that it leaves
# --------------------------------------------------------------------------

if [ -n "$whole" ]; then
	awk -f "$here/members.awk" -f "$here/documentation.awk" "$index.headers" > "$new/documentation"
	awk -f "$here/members.awk" -f "$here/documented.awk" "$new/documentation" "$new/declarations" "$new/bindings.hpp" \
		> "$new/bindings.documented"
	mv "$new/bindings.documented" "$new/bindings.hpp"
fi
# Clang takes one declaration of a variable in a register: the library's, if that has one.
if [ -n "$declared" ]; then
	awk -f "$here/registers.awk" "${flags%/*}/library/bindings.hpp" "$new/bindings.hpp" > "$new/bindings.registers"
	mv "$new/bindings.registers" "$new/bindings.hpp"
fi
if [ -n "$library" ]; then
	awk -f "$here/shares.awk" "$new/uses" "$new/edges" "$new/bindings.hpp" > "$new/bindings.shared"
	mv "$new/bindings.shared" "$new/bindings.hpp"
fi
awk -f "$here/placed.awk" "$new/declarations" "$new/bindings.hpp" |
	if [ -n "$library" ]; then grep -v -e '^static_assert(' -e '^# 1 "kcxx-layout"'; else cat; fi > "$new/bindings.placed" # they hold
mv "$new/bindings.placed" "$new/bindings.hpp"
[ -n "$library" ] || while read -r header; do
	mkdir -p "$new/include/$(dirname "$header")"
	printf '#ifndef KCXX_WITHOUT_BINDINGS\n#include "%s/bindings.hpp"\n#endif\n' "$out" > "$new/include/$header"
done < "$new/kernel-headers"
# The project's own headers of C: the compiler finds them before any other, and finds them read.
if [ -s "$new/own-headers" ]; then
	awk -f "$here/guards.awk" "$new/own-headers" "$new/directives.c" "$index.macros" > "$new/guards.hpp"
	{
		cat "$new/first"
		echo "#include \"$out/bindings.hpp\""
	} > "$new/own.hpp"
fi
{
	cat "$index.headers"
	printf '%s\n' "$here"/*.awk "$here"/*.sh "$here"/*.hpp
} > "$new/headers"
echo "$index" > "$new/index"
[ -n "$whole" ] || echo "$macros $project_includes" > "$new/preprocess"
echo "$key" > "$new/key"
echo "$whole_key" > "$new/whole-key"
[ -n "${KCXX_KEEP_BINDINGS-}" ] || (
	cd "$new"
	rm -f used uses edges names functions bindings.compiled own-headers first cxx-headers layout layout.c layout.s cxx-places library clashes cast \
		complete more bit-fields layout.o bits bits.names bits.bytes errors errors.plain errors.other documentation refused.before
)
if [ -n "$whole" ]; then
	(cd "$new" && rm -f declarations directives.c macros tags wrapped dropped headers index kernel-headers)
	[ -e "$out/key" ] || mv "$new" "$out" # another may have made them meanwhile
	printf '%s\n' "$out"
	exit 0
fi
rm -rf "$out"
mv "$new" "$out"
