#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: undeclared.sh <bindings>      what the C++ compiler wrote is the standard input
#
# The compiler refused a source that has bindings. Prints, of each name of the kernel's that it does not know, which
# header declares it; or under which option; or which other kernel of this machine has it.

LC_ALL=C
export LC_ALL

here=${0%/*}
bindings=$1
index=$(cat "$bindings/index") || exit 0
. "${index%/bindings/*}/flags.sh"

. "$here/kernel-compiler.sh"
# shellcheck disable=SC2154 # of kernel-compiler.sh
folders=$(printf '%s' "$kernel_folders" | tr : ' ')

# places <name> <folder>…: "<path>:<line>:<text>" of what declares it
places() {
	name=$1
	shift
	grep -rnw --include='*.h' -e "$name" "$@" 2> /dev/null | awk -v name="$name" -f "$here/declaring-lines.awk"
}

# The name by which a source includes the file
included_as() {
	for folder in $folders; do
		case "$1" in "$folder"/*) echo "${1#"$folder"/}" && return ;; esac
	done
	echo "${1#*/include/}"
}

# other_kernels <name>: "<release> <header>" of a kernel on this machine that declares it
other_kernels() {
	for other in /usr/src/linux-headers-* "${KCXX_CACHE:-${XDG_CACHE_HOME:-${HOME-}/.cache}/kcxx}"/kernels/*/root/usr/src/linux-headers-*; do
		[ -d "$other/include/linux" ] || continue
		case "$folders" in *"$other"*) continue ;; esac
		release=$(sed -n 's/^VERSION = //p; s/^PATCHLEVEL = //p' "$other/Makefile" 2> /dev/null | paste -sd. -)
		[ -n "$release" ] || release=${other##*/linux-headers-}
		found=$(places "$1" "$other/include" | sed -n '1s/:.*//p')
		[ -z "$found" ] || { echo "$release ${found#"$other"/include/}" && return; }
	done
}

explain() {
	name=$1
	where=$2
	reason=$(awk -F '\t' -v name="$name" 'FILENAME == ARGV[1] { reason[$1] = $2; next }
		(FNR in reason) && index(" " $2 " ", " " name " ") { print reason[FNR]; exit }' "$bindings/dropped" "$bindings/declarations")
	if [ -n "$reason" ]; then
		printf '%s: kcxx: C++ cannot take the declaration of %s\n  found:  %s\n  fix:    %s\n' "$where" "$name" "$reason" \
			"use it in a .c file of the module"
		return
	fi
	# shellcheck disable=SC2086 # a list of words
	place=$(places "$name" $folders | sed 1q)
	path=${place%%:*}
	line=${place#*:}
	line=${line%%:*}
	if [ -z "$place" ]; then
		other=$(other_kernels "$name")
		[ -n "$other" ] || return
		printf '%s: kcxx: no header of Linux %s declares %s\n  found:  in Linux %s, <%s> does\n  fix:    %s\n' "$where" \
			"$KCXX_RELEASE" "$name" "${other%% *}" "${other#* }" "#if LINUX_VERSION_CODE around its use, from <linux/version.h>; or a probe"
	elif grep -qxF "$path" "$index.headers"; then
		condition=$(awk -v line="$line" -f "$here/conditions.awk" "$path")
		[ -n "$condition" ] || return
		printf '%s: kcxx: this kernel is configured without %s\n  found:  <%s> declares it only under %s\n  fix:    %s\n' "$where" \
			"$name" "$(included_as "$path")" "$condition" "a kernel with that option; or #if IS_ENABLED() around its use"
	else
		printf '%s: kcxx: a header that declares %s is not included\n  found:  <%s> declares it\n  fix:    %s\n' "$where" \
			"$name" "$(included_as "$path")" "#include <$(included_as "$path")>"
	fi
}

awk '
	/ error: / && (match($0, /.[A-Za-z_0-9]+.( was not declared| does not name a type| has not been declared)/) ||
		       match($0, /(use of undeclared identifier|unknown type name) .[A-Za-z_0-9]+/)) {
		name = substr($0, RSTART, RLENGTH)
		sub(/^(use of undeclared identifier|unknown type name) ./, "", name)
		sub(/^[^A-Za-z_]/, "", name)
		sub(/[^A-Za-z_0-9].*/, "", name)
		split($0, place, ":")
		if (!(name in seen) && ++count <= 5) print name, place[1] ":" place[2]
		seen[name] = 1
	}' | while read -r name where; do
	explain "$name" "$where"
done
