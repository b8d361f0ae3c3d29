#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: bindgen.sh <flags.sh> <directory> <source> <C++ compiler> <argument>…
#
# Makes the kernel's headers that a C++ source includes, in C++: <directory>/include/linux/….h. Whoever compiles
# the source names that directory first. What the source may use is chosen by the names in it; what a name is,
# the kernel's own C compiler knows. Nothing is made for a source without a header of the kernel's.
#
# Leaves in <directory>:
#   include/      the headers, each of which includes bindings.hpp
#   bindings.hpp  declarations, macros, and assertions that C and C++ lay them out alike
#   wrappers.c    functions in C, for inlines that C++ cannot take; not there if none is needed
#   headers       the kernel's headers that all was made from, a path a line
#   key           what it was made of: made anew where that changes
#
# Steps, each of which reads what the one before wrote:
#
#   used-names.awk     source → names, headers, and its directives as C
#   cc -E -dD          those directives → all declarations and macros
#   declarations.awk   → one a line; kept beside flags.sh, for all sources with the same directives
#   select.awk         → the chosen ones
#   layout-questions.awk, cc -S   → sizes and offsets
#   cxx-declarations.awk          → C++; c++ -fsyntax-only; refused.awk, until C++ takes all of it
#   macros.awk, layout-assertions.awk, wrappers.awk, placed.awk   → the files above
#
# Needs: the kernel's C compiler, the C++ compiler, awk. Status: 0, or the compiler's.

set -e
LC_ALL=C
export LC_ALL

here=${0%/*}
flags=$1
out=$2
source=$3
shift 3
. "$flags"
: "${AWK:=awk}"

# The compilers' arguments
# --------------------------------------------------------------------------

# What the project gives to C++ counts for C as well: its macros, and where its headers are.
project_arguments() {
	previous=
	for argument in "$@"; do
		case "$previous" in
		-I | -isystem | -iquote | -D | -U) argument=$previous$argument ;;
		esac
		previous=
		case "$argument" in
		-I | -isystem | -iquote | -D | -U) previous=$argument ;;
		-D__KCXX_CXX_VERSION=* | -D__KERNEL__ | -DMODULE) ;;
		-D* | -U*) project_macros="$project_macros '$(printf '%s' "$argument" | sed "s/'/'\\\\''/g")'" ;;
		-I* | -isystem* | -iquote*)
			folder=${argument#-I}
			folder=${folder#-isystem}
			folder=${folder#-iquote}
			case "$folder" in "${here%/*}"/* | */.kcxx/include) continue ;; esac
			case "|$KCXX_CXX_IDENTITY|" in *"|$folder|"*) ;; *) project_folders="$project_folders:$folder" ;; esac
			;;
		esac
	done
}
project_macros=
project_folders=
project_arguments "$@"

# C++ has none of the kernel's own.
kernel_folders=
rest=$KCXX_C_FLAGS
while case "$rest" in *-I*) ;; *) false ;; esac; do
	rest=${rest#*-I}
	case " $KCXX_CXX_FLAGS " in *" -I${rest%% *} "*) ;; *) kernel_folders="$kernel_folders:${rest%% *}" ;; esac
done

cc() {
	eval "$KCXX_CC $KCXX_C_FLAGS $project_macros" '"$@"'
}

# What the source uses
# --------------------------------------------------------------------------

new=$out.$$
[ -n "$KEEP" ] || trap 'rm -rf "$new"' EXIT
rm -rf "$new"
mkdir -p "$new"

$AWK -v source="$source" -v project="$project_folders" -v headers="$kernel_folders" -v skeleton="$new/directives.c" \
	-v cxx="$new/cxx-headers" -v kernel="$new/kernel-headers" -f "$here/used-names.awk" | sort > "$new/used"

if [ ! -s "$new/kernel-headers" ]; then
	rm -rf "$out"
	exit 0
fi

# All declarations, of which those with the same directives share one
# --------------------------------------------------------------------------

index=${flags%/*}/bindings/$(
	{
		printf '%s\n' "$KCXX_CC $KCXX_C_FLAGS" "$project_macros"
		grep -v '^# ' "$new/directives.c"
		cat "$here/declarations.awk"
	} | cksum | tr ' ' -
)

# contents: of all headers that it was made from, whatever their dates are
contents() {
	xargs cat < "$index.headers" 2> /dev/null | cksum
}

make_index() {
	mkdir -p "${index%/*}"
	# C++ has no named address spaces; where the headers use them, they have another way as well.
	cc -include "${here%/*}/without-named-as.h" -E -dD -Wp,-MD,"$new/depfile" "$new/directives.c" -o "$new/preprocessed"
	$AWK -v macros="$new/all-macros" -f "$here/declarations.awk" "$new/preprocessed" > "$new/all-declarations"
	tr -s ' \\' '\n\n' < "$new/depfile" | sed -e '/:$/d' -e '/directives\.c$/d' -e '/^$/d' | sort -u > "$new/all-headers"
	mv "$new/all-macros" "$index.macros"
	mv "$new/all-declarations" "$index.declarations"
	mv "$new/all-headers" "$index.headers"
	contents > "$new/contents"
	mv "$new/contents" "$index.contents"
	rm "$new/preprocessed" "$new/depfile"
}

if [ ! -e "$index.contents" ] || [ "$(contents)" != "$(cat "$index.contents")" ]; then
	make_index
fi

key=$(
	{
		printf '%s\n' "$index" "$KCXX_CXX $KCXX_CXX_FLAGS"
		cat "$index.contents" "$new/used" "$new/cxx-headers" "$new/kernel-headers"
		cat "$here"/*.awk "$here"/cxx-only.hpp "$0"
	} | cksum
)
if [ -e "$out/key" ] && [ "$(cat "$out/key")" = "$key" ]; then
	exit 0
fi

# The chosen ones, in C and in C++
# --------------------------------------------------------------------------

case "$KCXX_CC" in
*clang*) c_diagnostics='-ferror-limit=0 -fno-caret-diagnostics -fno-spell-checking -fno-color-diagnostics' ;;
*) c_diagnostics='-fmax-errors=0 -fno-diagnostics-show-caret -fdiagnostics-color=never' ;;
esac
case "$KCXX_CXX_IDENTITY" in
Clang*) diagnostics='-ferror-limit=0 -fno-caret-diagnostics -fno-spell-checking -fno-color-diagnostics' ;;
*) diagnostics='-fmax-errors=0 -fno-diagnostics-show-caret -fdiagnostics-color=never' ;;
esac


$AWK -v headers="${here%/*}/include" -f "$here/library-names.awk" "$new/cxx-headers" | sort -u > "$new/library"
for list in cast wrapped dropped complete clashes; do
	: > "$new/$list"
done

# wants_more <errors>: whether a struct that select.awk left out must be whole
wants_more() {
	sed "s/$(printf '\342\200')[$(printf '\230\231')]/'/g" "$1" > "$new/errors.plain"
	$AWK -v complete="$new/complete" -f "$here/incomplete.awk" "$new/errors.plain" > "$new/more"
	[ -s "$new/more" ] || return 1
	cat "$new/more" >> "$new/complete"
	# Numbers change
	: > "$new/cast"
	: > "$new/wrapped"
	: > "$new/dropped"
}

select_declarations() {
	$AWK -v macros="$new/macros" -v tags="$new/tags" -v library="$new/library" -v clashes="$new/clashes" -v complete="$new/complete" -v provided_by="$here/cxx-only.hpp" -f "$here/cxx-names.awk" \
		-f "$here/select.awk" "$new/used" "$index.macros" "$index.declarations" > "$new/declarations"
	{
		$AWK -f "$here/c-declarations.awk" "$new/tags" "$new/declarations"
		echo '# 1 "kcxx-layout"'
		$AWK -f "$here/members.awk" -f "$here/layout-questions.awk" "$new/declarations"
	} > "$new/layout.c"
	if ! cc -w -fno-lto $c_diagnostics -x cpp-output -S "$new/layout.c" -o "$new/layout.s" 2> "$new/errors"; then
		wants_more "$new/errors" || { cat "$new/errors" >&2; exit 1; }
		select_declarations
		return
	fi
	sed -n '/->/{s/.*"->//; s/"$//; s/[$#]//; p;}' "$new/layout.s" > "$new/layout"
}

# As C++ sees it, but for the places
write_bindings() {
	echo '#pragma once'
	sed 's/.*/#include <&>/' "$new/cxx-headers"
	echo "#include \"$here/cxx-only.hpp\""
	echo '#pragma GCC system_header'
	sed 's/.*/using kernel::&;/' "$new/clashes"
	echo 'extern "C" {'
	$AWK -v layout="$new/layout" -v library="$new/library" -v cast="$new/cast" -v wrapped="$new/wrapped" -v dropped="$new/dropped" -f "$here/cxx-names.awk" -f "$here/members.awk" \
		-f "$here/expressions.awk" -f "$here/initialisers.awk" -f "$here/cxx-declarations.awk" "$new/layout" "$new/tags" "$new/declarations"
	echo '# 1 "kcxx-layout" 3'
	$AWK -v layout="$new/layout" -f "$here/cxx-names.awk" -f "$here/layout-assertions.awk" "$new/layout"
	echo '}'
	echo '# 1 "kcxx-macros" 3'
	$AWK -v layout="$new/layout" -f "$here/cxx-names.awk" -f "$here/expressions.awk" -f "$here/initialisers.awk" -f "$here/macros.awk" "$new/macros"
}

# The whole of the C++ compiler's command: flags of the project may be of matter.
cxx_takes_it() {
	eval "$KCXX_CXX $KCXX_CXX_FLAGS $project_macros $diagnostics" -w -fsyntax-only -x c++ '"$new/bindings.hpp"' 2> "$new/errors"
}
rounds=0
select_declarations
write_bindings > "$new/bindings.hpp"
until cxx_takes_it; do
	rounds=$((rounds + 1))
	if wants_more "$new/errors"; then
		select_declarations
	else
		$AWK -v cast="$new/cast" -v wrapped="$new/wrapped" -v dropped="$new/dropped" -f "$here/refused.awk" \
			"$new/declarations" "$new/errors.plain" > "$new/errors.other"
		if [ -s "$new/errors.other" ] || [ "$rounds" -gt 12 ]; then
			cat "$new/errors" >&2
			exit 1
		fi
	fi
	write_bindings > "$new/bindings.hpp"
done

# What it leaves
# --------------------------------------------------------------------------

$AWK -f "$here/placed.awk" "$new/declarations" "$new/bindings.hpp" > "$new/bindings.placed"
mv "$new/bindings.placed" "$new/bindings.hpp"
if [ -s "$new/wrapped" ]; then
	{
		$AWK -f "$here/c-declarations.awk" "$new/tags" "$new/declarations"
		echo '# 1 "kcxx-wrappers"'
		$AWK -f "$here/members.awk" -f "$here/wrappers.awk" "$new/wrapped" "$new/declarations"
	} > "$new/wrappers.c"
fi
while read -r header; do
	mkdir -p "$new/include/$(dirname "$header")"
	# The source asks for it by its directory; bindings.hpp is two or more levels up.
	printf '#include "%s/bindings.hpp"\n' "$(cd "$(dirname "$out")" && pwd)/${out##*/}" > "$new/include/$header"
done < "$new/kernel-headers"
cp "$index.headers" "$new/headers"
echo "$key" > "$new/key"
rm -rf "$out"
mv "$new" "$out"
