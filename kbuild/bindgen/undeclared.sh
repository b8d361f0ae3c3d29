#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: undeclared.sh <bindings>      what the C++ compiler wrote is the standard input
#
# The compiler refused a source, which has bindings there if it includes kernel headers. Prints, of each name of the
# kernel's that it does not know, and of each struct that it does not know whole, which header declares it; or under
# which option; or which other kernel of this machine has it. Prints "explained <name>" for each, behind its text.

LC_ALL=C
export LC_ALL

here=${0%/*}
bindings=$1
[ -e "${bindings%/bindings/*}/flags.sh" ] || exit 0
. "${bindings%/bindings/*}/flags.sh"
index=
[ ! -e "$bindings/index" ] || read -r index < "$bindings/index"

. "$here/kernel-compiler.sh"
# shellcheck disable=SC2154 # of kernel-compiler.sh
folders=$(printf '%s' "$kernel_folders" | tr : ' ')

# mentions <folder>…: "<path>:<line>:<text>" of each line in headers that has one of the unknown names
mentions() {
	for unknown_name in $unknown_names; do
		set -- "$@" -e "$unknown_name"
	done
	grep -rnwF --include='*.h' "$@" 2> /dev/null
}

# places <kind> <name> <mentions>: those that declare it, the best first
places() {
	printf '%s\n' "$3" | grep -wF -e "$2" | awk -v kind="$1" -v name="$2" -f "$here/declaring-lines.awk"
}

# The name by which a source includes the file
included_as() {
	for folder in $folders; do
		case "$1" in "$folder"/*) echo "${1#"$folder"/}" && return ;; esac
	done
	echo "${1#*/include/}"
}

# The include folders of the other kernels on this machine
other_folders() {
	for other in /usr/src/linux-headers-* "${KCXX_CACHE:-${XDG_CACHE_HOME:-${HOME-}/.cache}/kcxx}"/kernels/*/root/usr/src/linux-headers-*; do
		[ -d "$other/include/linux" ] || continue
		case "$folders" in *"$other"*) continue ;; esac
		printf '%s\n' "$other/include"
	done
}

# other_kernel <kind> <name>: "<release> <header>" of another kernel that declares it
other_kernel() {
	found=$(places "$1" "$2" "$mentioned_elsewhere" | sed -n '1s/:.*//p')
	[ -n "$found" ] || return 0
	other=${found%%/include/*}
	release=$(sed -n 's/^VERSION = //p; s/^PATCHLEVEL = //p' "$other/Makefile" 2> /dev/null | paste -sd. -)
	echo "${release:-${other##*/linux-headers-}} ${found#"$other"/include/}"
}

# own_header <name>: the library's header that people include for its class <name>
own_header() {
	case $1 in [A-Z]*[a-z]*) ;; *) return 0 ;; esac
	file=$(cd "${here%/*}/include" && grep -rlE "^(class|struct|enum class)( \\[\\[nodiscard\\]\\])? $1( |:|\$)" kernel | sort | sed 1q)
	case $file in
	kernel/*/*) file=${file#kernel/} && echo "kernel/${file%%/*}.hpp" ;;
	*) echo "$file" ;;
	esac
}

# missing <place> <name> <header>: prints that the header is not included, once, whatever else it declares
missing() {
	case " $advised " in *" $3 "*) return ;; esac
	advised="$advised $3"
	printf '%s: kcxx: a header that declares %s is not included\n  found:  <%s> declares it\n  fix:    #include <%s>\n' "$1" "$2" "$3" "$3"
}

# explain <kind> <name> <place>: of a kind that unknown-names.awk names. Status 1 if there is nothing to print
explain() {
	[ "$1" != behind ] || return 0
	kind=$1
	name=$2
	where=$3
	reason=
	[ -z "$index" ] || reason=$(awk -F '\t' -v name="$name" 'FILENAME == ARGV[1] { reason[$1] = $2; next }
		(FNR in reason) && index(" " $2 " ", " " name " ") { print reason[FNR]; exit }' "$bindings/dropped" "$bindings/declarations")
	if [ -n "$reason" ]; then
		printf '%s: kcxx: C++ cannot take the declaration of %s\n  found:  %s\n  fix:    %s\n' "$where" "$name" "$reason" \
			"use it in a .c file of the module"
		return 0
	fi
	header=$(own_header "$name")
	if [ -n "$header" ]; then
		missing "$where" "kernel::$name" "$header"
		return 0
	fi
	place=$(places "$kind" "$name" "$mentioned" | sed 1q)
	path=${place%%:*}
	line=${place#*:}
	line=${line%%:*}
	if [ -z "$place" ]; then
		# shellcheck disable=SC2046 # a list of words
		[ -n "$mentioned_elsewhere" ] || mentioned_elsewhere=$(mentions $(other_folders)) || mentioned_elsewhere=none
		other=$(other_kernel "$kind" "$name")
		[ -n "$other" ] || return 1
		printf '%s: kcxx: no header of Linux %s declares %s\n  found:  in Linux %s, <%s> does\n  fix:    %s\n' "$where" \
			"$KCXX_RELEASE" "$name" "${other%% *}" "${other#* }" "#if LINUX_VERSION_CODE around its use, from <linux/version.h>; or a probe"
	elif [ -n "$index" ] && grep -qxF "$path" "$index.headers"; then
		condition=$(awk -v line="$line" -f "$here/conditions.awk" "$path")
		[ -n "$condition" ] || return 1
		printf '%s: kcxx: this kernel is configured without %s\n  found:  <%s> declares it only under %s\n  fix:    %s\n' "$where" \
			"$name" "$(included_as "$path")" "$condition" "a kernel with that option; or #if IS_ENABLED() around its use"
	else
		missing "$where" "$name" "$(included_as "$path")"
	fi
}

unknown=$(awk -v bindings="$index" -f "$here/unknown-names.awk" "${here%/*}/remedies.tsv" -)
[ -n "$unknown" ] || exit 0
unknown_names=$(printf '%s\n' "$unknown" | cut -d ' ' -f 2)
# shellcheck disable=SC2086 # a list of words
mentioned=$(mentions $folders)
mentioned_elsewhere=
advised=
printf '%s\n' "$unknown" | while read -r kind name where; do
	! explain "$kind" "$name" "$where" || printf 'explained %s\n' "$name"
done
