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

# places <kind> <name> <folder>…: "<path>:<line>:<text>" of what declares it
places() {
	kind=$1
	name=$2
	shift 2
	grep -rnw --include='*.h' -e "$name" "$@" 2> /dev/null | awk -v kind="$kind" -v name="$name" -f "$here/declaring-lines.awk"
}

# The name by which a source includes the file
included_as() {
	for folder in $folders; do
		case "$1" in "$folder"/*) echo "${1#"$folder"/}" && return ;; esac
	done
	echo "${1#*/include/}"
}

# other_kernels <kind> <name>: "<release> <header>" of a kernel on this machine that declares it
other_kernels() {
	for other in /usr/src/linux-headers-* "${KCXX_CACHE:-${XDG_CACHE_HOME:-${HOME-}/.cache}/kcxx}"/kernels/*/root/usr/src/linux-headers-*; do
		[ -d "$other/include/linux" ] || continue
		case "$folders" in *"$other"*) continue ;; esac
		release=$(sed -n 's/^VERSION = //p; s/^PATCHLEVEL = //p' "$other/Makefile" 2> /dev/null | paste -sd. -)
		[ -n "$release" ] || release=${other##*/linux-headers-}
		found=$(places "$1" "$2" "$other/include" | sed -n '1s/:.*//p')
		[ -z "$found" ] || { echo "$release ${found#"$other"/include/}" && return; }
	done
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
	# shellcheck disable=SC2086 # a list of words
	place=$(places "$kind" "$name" $folders | sed 1q)
	path=${place%%:*}
	line=${place#*:}
	line=${line%%:*}
	if [ -z "$place" ]; then
		other=$(other_kernels "$kind" "$name")
		[ -n "$other" ] || return 1
		printf '%s: kcxx: no header of Linux %s declares %s\n  found:  in Linux %s, <%s> does\n  fix:    %s\n' "$where" \
			"$KCXX_RELEASE" "$name" "${other%% *}" "${other#* }" "#if LINUX_VERSION_CODE around its use, from <linux/version.h>; or a probe"
	elif [ -n "$index" ] && grep -qxF "$path" "$index.headers"; then
		condition=$(awk -v line="$line" -f "$here/conditions.awk" "$path")
		[ -n "$condition" ] || return 1
		printf '%s: kcxx: this kernel is configured without %s\n  found:  <%s> declares it only under %s\n  fix:    %s\n' "$where" \
			"$name" "$(included_as "$path")" "$condition" "a kernel with that option; or #if IS_ENABLED() around its use"
	else
		header=$(included_as "$path")
		case " $advised " in *" $header "*) return ;; esac # once, whatever else it declares
		advised="$advised $header"
		printf '%s: kcxx: a header that declares %s is not included\n  found:  <%s> declares it\n  fix:    #include <%s>\n' \
			"$where" "$name" "$header" "$header"
	fi
}

advised=
awk -v bindings="$index" -f "$here/unknown-names.awk" "${here%/*}/remedies.tsv" - | while read -r kind name where; do
	! explain "$kind" "$name" "$where" || printf 'explained %s\n' "$name"
done
