#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: compare-modules.sh <facts.sh> <module.ko> <other module.ko> <scratch directory> <folder of sources>…
#
# Compares two builds of one module, that of CMake and that of its DKMS tree: symbols, the bytes and relocations of
# each section that the kernel loads, texts, modinfo, and the CRCs of exports. Prints a line for each difference, with
# the function it is in; nothing if there is none. Not compared: debug information and the build ID made of it, BTF,
# signatures. Texts may name a source by different folders, so the folders of the sources are removed from texts.
#
# Status: 0 if there is no difference, 1 if there is one.

set -e

facts=$1
ours=$2
theirs=$3
scratch=$4
shift 4

. "$facts"

mkdir -p "$scratch/ours" "$scratch/theirs"
folders=
for folder in "$@"; do
	folders="$folders$(printf 's|%s/*||g;' "$(printf '%s' "$folder" | sed 's/[].[*^$|\\]/\\&/g')")"
done

# <number> <name> <type> <size> <flags> of each section that the kernel loads and that is compared
sections() {
	"$READELF" --wide --section-headers "$1" | sed -n 's/^ *\[ *\([0-9]*\)\] */\1 /p' | awk '
		$2 != "NULL" && $(NF - 3) ~ /A/ && $2 !~ /^\.BTF|^\.note\.gnu\.build-id$/ { print $1, $2, $3, $6, $(NF - 3) }'
}

# <section> <offset> <size> <type> <binding> <name> of each symbol
symbols() { # <module> <file of its sections>
	"$READELF" --wide --symbols "$1" | awk '
		NR == FNR { name[$1] = $2; next }
		$1 ~ /^[0-9]+:$/ && $8 != "" && $4 != "SECTION" && $4 != "FILE" {
			print ($7 in name ? name[$7] : $7), $2, $3, $4, $5, $8
		}' "$2" -
}

# <section> <offset> <type> <symbol> <addend> of each relocation; without offsets in the texts
relocations() { # <module> <file of its sections>
	"$READELF" --wide --relocs "$1" | awk '
		NR == FNR { compared[$2] = 1; next }
		/^Relocation section/ { section = $3; gsub(/\047/, "", section); sub(/^\.rela?/, "", section) }
		section in compared && $1 ~ /^[0-9a-f]+$/ && NF >= 5 {
			print section, $1, $3, $5 ~ /^\.rodata.*\.str/ ? "texts" : $5 " " $6 $7
		}' "$2" -
}

describe() { # <module> <directory>
	sections "$1" > "$2/sections"
	symbols "$1" "$2/sections" > "$2/symbols"
	relocations "$1" "$2/sections" > "$2/relocations"
	set -- "$1" "$2"
	while read -r number section type _; do
		[ "$type" = NOBITS ] || set -- "$@" "--dump-section=$section=$2/$number.bytes"
	done < "$2/sections"
	module=$1
	directory=$2
	shift 2
	"$OBJCOPY" "$@" "$module" "$directory/copy"
	rm "$directory/copy"
}

# Reads offsets in the section $1, and prints the functions and objects that they are in, a line each
functions_at() {
	awk -v wanted="$1" '
		function number(text,    value, i) {
			value = 0
			text = tolower(text)
			for (i = 1; i <= length(text); i++)
				value = value * 16 + index("0123456789abcdef", substr(text, i, 1)) - 1
			return value
		}
		NR == FNR {
			if ($1 == wanted && ($4 == "FUNC" || $4 == "OBJECT") && $3 != "0") {
				start[++count] = number($2)
				end[count] = start[count] + ($3 ~ /^0x/ ? number(substr($3, 3)) : $3)
				name[count] = $6
			}
			next
		}
		{
			found = wanted
			for (i = 1; i <= count; i++)
				if ($1 >= start[i] && $1 < end[i])
					found = name[i]
			if (!seen[found]++)
				print found
		}' "$scratch/ours/symbols" -
}

# Compares the names and sizes of sections and symbols
compare_names() {
	for what in sections symbols; do
		for side in ours theirs; do
			if [ "$what" = sections ]; then
				awk '$2 !~ /^\.rodata.*\.str/ { print "section", $2, $2 == ".modinfo" ? "" : "size " $4, $5 }' "$scratch/$side/sections"
			else
				awk '{ print $4 == "FUNC" ? "function" : "symbol", $6, "size " $3, $5 ($1 == "UND" ? " undefined" : "") }' "$scratch/$side/symbols"
			fi | sort > "$scratch/$side/names"
		done
		comm -23 "$scratch/ours/names" "$scratch/theirs/names" | sed 's/$/: in the module of CMake alone/'
		comm -13 "$scratch/ours/names" "$scratch/theirs/names" | sed 's/$/: in the module of the tree alone/'
	done
}

# texts <side> <sections>: sorts the texts of sections that match the regular expression, a line each, without the
# folders of sources. A compiler puts longer texts into another section, so it makes no difference where a text is.
texts() {
	awk -v wanted="$2" '$2 ~ wanted { print $1 }' "$scratch/$1/sections" | while read -r number; do
		tr '\0' '\n' < "$scratch/$1/$number.bytes"
	done | LC_ALL=C sed -e "$folders" -e 's|^generated/||' -e '/^$/d' | LC_ALL=C sort > "$scratch/$1/texts"
}

compare_texts() { # <what> <sections>
	texts ours "$2"
	texts theirs "$2"
	LC_ALL=C comm -23 "$scratch/ours/texts" "$scratch/theirs/texts" | sed "s/^/$1 in the module of CMake alone: /"
	LC_ALL=C comm -13 "$scratch/ours/texts" "$scratch/theirs/texts" | sed "s/^/$1 in the module of the tree alone: /"
}

# The entries of a section __versions, of 64 bytes each, sorted
versions() {
	od -A n -v -t x1 "$1" | awk '{ entry = entry $0 } NR % 4 == 0 { print entry; entry = "" } END { print entry }' | sort
}

compare_contents() {
	while read -r number section _; do
		other=$(awk -v name="$section" '$2 == name { print $1; exit }' "$scratch/theirs/sections")
		file=$scratch/ours/$number.bytes
		other=$scratch/theirs/$other.bytes
		if ! [ -e "$file" ] || ! [ -e "$other" ]; then
			continue
		fi
		case "$section" in
		.modinfo | .rodata*.str*) ;;
		__versions)
			# One more link changes the order of the symbols in an object; the kernel searches by name.
			versions "$file" > "$scratch/ours/versions"
			versions "$other" > "$scratch/theirs/versions"
			cmp -s "$scratch/ours/versions" "$scratch/theirs/versions" || echo "other CRCs of symbols in $section"
			;;
		*)
			cmp -l "$file" "$other" 2> /dev/null | awk '{ print $1 - 1 }' | functions_at "$section" |
				sed "s/^/function /; s/\$/: other code or data in $section/"
			;;
		esac
	done < "$scratch/ours/sections"
}

compare_relocations() {
	for side in ours theirs; do
		sort "$scratch/$side/relocations" > "$scratch/$side/sorted"
	done
	comm -3 "$scratch/ours/sorted" "$scratch/theirs/sorted" | tr -d '\t' > "$scratch/relocations"
	awk '{ print $1 }' "$scratch/relocations" | sort -u | while read -r section; do
		awk -v wanted="$section" '
			$1 == wanted {
				value = 0
				for (i = 1; i <= length($2); i++)
					value = value * 16 + index("0123456789abcdef", substr($2, i, 1)) - 1
				print value
			}' "$scratch/relocations" | functions_at "$section" |
			sed "s/^/function /; s/\$/: refers to something else in $section/"
	done
}

# symvers_beside <module.ko>: prints the Module.symvers of its build, which is in the folder that make was called for
symvers_beside() {
	directory=${1%/*}
	until [ -e "$directory/Module.symvers" ]; do
		[ "$directory" != "${directory%/*}" ] || return 0
		directory=${directory%/*}
	done
	echo "$directory/Module.symvers"
}

# Compares CRCs. Before Linux 5.19 they are the values of symbols. dkms before 3.1 keeps no Module.symvers.
compare_exports() {
	name=$(basename "$ours" .ko)
	exports=$(symvers_beside "$theirs")
	[ "$exports" ] || return 0
	sed 's/^\(0x[0-9a-f]*\)\t\([^\t]*\)\t[^\t]*/\1 \2/' "${ours%.ko}.symvers" 2> /dev/null | sort > "$scratch/ours/exports"
	awk -F '\t' -v OFS='\t' -v name="$name" '{ module = $3; sub(/.*\//, "", module) } module == name' \
		"$exports" | sed 's/^\(0x[0-9a-f]*\)\t\([^\t]*\)\t[^\t]*/\1 \2/' | sort > "$scratch/theirs/exports"
	comm -23 "$scratch/ours/exports" "$scratch/theirs/exports" | sed 's/^/export of CMake alone: /'
	comm -13 "$scratch/ours/exports" "$scratch/theirs/exports" | sed 's/^/export of the tree alone: /'
}

describe "$ours" "$scratch/ours"
describe "$theirs" "$scratch/theirs"
compare_names > "$scratch/differences"
# If a symbol is missing or has another size, everything behind it has moved, and other differences mean nothing
if [ ! -s "$scratch/differences" ]; then
	{
		compare_contents
		compare_texts text '^[.]rodata.*[.]str'
		compare_texts modinfo '^[.]modinfo$'
		compare_relocations
		compare_exports
	} > "$scratch/differences"
fi
cat "$scratch/differences"
[ ! -s "$scratch/differences" ]
