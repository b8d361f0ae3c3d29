# shellcheck shell=sh disable=SC2154,SC2034 # shared with the files sourced beside it
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Keeps the report of a check in which each requirement is met. A check takes a third of a second, and builds and
# scripts make it again and again. A kept report is printed if all that it depends on is as it was:
#
#   the entry's name: a checksum of the call, of kcxx's place, of the machine and of the environment
#   places:           the files and directories that count, a path a line
#   listing:          their inodes, modes, owners, sizes and dates
#
# A directory stands for the programs and headers in it: a package replaces files, which changes the directory's date.
# Reports with a problem are not kept: whoever mends it expects to be asked again.

newline='
'

# Prints and takes the report that is kept of this call, if there is one. Sets kept_report to its place, or to nothing
# if the report of this call is not to be kept.
take_report() {
	kept_report=
	# A caller with Kbuild's answer keeps it itself, and constraints alone take no time.
	[ -z "$flags_file$constraints" ] && [ -n "$kernel" ] || return
	key=$(name_of_call | sha256sum 2> /dev/null)
	[ -n "$key" ] || return
	kept_report=$cache/reports/${key%% *}
	# Only what this user has written is printed.
	[ -O "$kept_report" ] && [ -O "$kept_report/report" ] || return
	[ "$(list_places "$(cat "$kept_report/places")")" = "$(cat "$kept_report/listing")" ] || return
	cat "$kept_report/report"
}

# Prints the call, kcxx's place, the machine and the environment
name_of_call() (
	printf '%s\n' "$here" "$PWD" "$kernel" "$cxx" "$cc" "$arch_wanted" "$format" "$quiet" "$verbose" \
		"$kernel_min" "$kernel_max" "$only_arch" "$requires"
	uname -a
	unset _ OLDPWD SHLVL # they differ by the caller alone
	export -p
)

# keep_report <report>: keeps it, whole or not at all; a directory that cannot be written is no reason to fail
keep_report() {
	[ -n "$kept_report" ] && [ "$warnings$failures$excluded" = 00 ] || return 0
	list=$(places | LC_ALL=C sort -u)
	listing=$(list_places "$list")
	# An ls without dates lists nothing.
	case "$listing" in *" $kernel/Makefile"*) ;; *) return 0 ;; esac
	# A place that changed during the check may have been read before.
	[ -z "$(changed_places "$list")" ] || return 0
	new=$kept_report.$$
	{
		mkdir -p "$new" &&
			printf '%s\n' "$list" > "$new/places" &&
			printf '%s\n' "$listing" > "$new/listing" &&
			printf '%s' "${1:+$1$newline}" > "$new/report" &&
			rm -rf "$kept_report" &&
			mv "$new" "$kept_report"
		rm -rf "$new"
		find "${kept_report%/*}" -mindepth 1 -maxdepth 1 -mtime +30 -exec rm -rf {} +
	} 2> /dev/null
}

# list_places <places>: prints their listing
list_places() (
	IFS=$newline
	set -f
	# shellcheck disable=SC2086 # a path a line
	LC_ALL=C ls -dilL --full-time $1 2>&1
)

# changed_places <places>: prints the ones that changed since the check began
changed_places() (
	IFS=$newline
	set -f
	# shellcheck disable=SC2086 # a path a line
	find -L $1 -prune -newer "$work/started" -print 2> /dev/null
)

# Prints what the checks depend on, a path a line
places() {
	printf '%s\n' "$here"/* "$here"/cxxavailable/* "$here"/include/*/ "$here"/include/freestanding/* "$here"/include/libc/*
	for tree in "$kernel" $(trees_of_flags); do
		places_of_tree "$tree"
	done
	for program in $(host_programs); do
		printf '%s\n' "$kernel/$program" "$KCXX_OBJTREE/$program"
	done
	places_of_programs
	# Directories of C++ headers; above the compiler's own are the programs that it runs.
	printf '%s\n' "$cxx_headers" | tr '|' '\n' | sed -n 's|^\(/.*\)/[^/]*$|&\n\1|p'
}

# places_of_tree <directory>: prints Kbuild's makefiles and programs, the configuration, and what each source includes
places_of_tree() {
	printf '%s\n' "$1" "$1"/* "$1/.config" "$1/.kernelvariables" "$1"/scripts/* "$1"/arch/*/Makefile* \
		"$1/include/config/auto.conf" "$1/include/config/kernel.release" "$1"/include/generated/* \
		"$1/include/generated/uapi/linux/version.h" "$1"/include/linux/compiler*.h "$1/include/linux/kconfig.h"
}

# Prints the trees whose headers the flags name
trees_of_flags() {
	for word in $KCXX_C_FLAGS; do
		case "$word" in
		-I/*/include)
			word=${word#-I}
			echo "${word%/include}"
			;;
		esac
	done
}

# Prints the programs that the checks run, the directories where others would be found, and those of their libraries
places_of_programs() {
	for word in "$make_command" ccache depmod $KCXX_CC $KCXX_CXX $KCXX_LD $KCXX_NM $KCXX_OBJCOPY $KCXX_OBJDUMP \
		$KCXX_PAHOLE $analyzer; do
		case "$word" in -*) ;; *) command -v "$word" || : ;; esac
	done
	printf '%s\n' "$PATH" | tr ':' '\n'
	printf '%s\n' /etc/ld.so.cache /lib /lib64 /usr/lib /usr/lib64 "/usr/lib/$this_machine-linux-gnu" \
		/proc/sys/fs/binfmt_misc/*
}
