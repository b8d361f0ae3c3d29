#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: cxxavailable.sh [<option>…]
#
# Can a C++ module be built for this kernel with this compiler, and would it be
# safe to load? Every requirement is looked at, and each one that is not met is
# reported with what was found, what is needed and what to type.
#
#   --kernel <release>|<directory>  the kernel; default: see find-kernel.sh
#   --cxx <command>      the C++ compiler; default: the partner of the kernel's
#   --cc <command>       the C compiler; default: the one the kernel names
#   --arch <arch>        what the module is to run on: x86_64, arm64 or riscv64
#   --format text|json   for people, or for programs: see check-report.schema.json
#   --quiet              prints nothing where all is well
#   --verbose            prints each requirement that is met, too
#   --flags <file>       Kbuild's answer, where the caller has it: see Makefile.cxxfacts
#   --help               this
#
# What the module itself asks for:
#   --kernel-min <version>      no older kernel
#   --kernel-max <version>      no newer kernel; 6.12 includes 6.12.5
#   --only-arch <arch>          no other architecture; may be given again
#   --requires CONFIG_<OPTION>  no kernel without it; may be given again
#   --constraints               looks at these alone, and at the kernel directory
#
# Status: 0   usable, perhaps with warnings
#         1   not usable
#         2   wrong call
#         77  excluded by what the module itself asks for

# cxxavailable/checks.sh has the order of the checks; the files beside it have the checks and their descriptions.
# shellcheck disable=SC2154,SC2034 # variables are shared with them

here=$(cd "${0%"${0##*/}"}." && pwd)
for part in usage architectures cxxavailable/kernel cxxavailable/kept-report; do
	. "$here/$part.sh"
done

this_machine=$(uname -m)
cache=${KCXX_CACHE:-${XDG_CACHE_HOME:-${HOME:-/dev/null}/.cache}/kcxx} # of answers and reports
kernel=
cxx=
cc=
arch_wanted=
format=text
quiet=
verbose=
flags_file=
kernel_min=
kernel_max=
only_arch=
requires=
constraints=

help_wanted "$@"
while [ $# -gt 0 ]; do
	case "$1" in
	--quiet | --verbose | --constraints) ;;
	--kernel | --cxx | --cc | --arch | --format | --flags | --kernel-min | --kernel-max | \
		--only-arch | --requires)
		if [ $# -lt 2 ] || [ -z "$2" ]; then
			wrong_call "$1 needs a value"
		fi
		;;
	*) wrong_call "unknown option '$1'" ;;
	esac
	case "$1" in
	--quiet) quiet=y ;;
	--verbose) verbose=y ;;
	--constraints) constraints=y ;;
	--kernel) kernel=$2 ;;
	--cxx) cxx=$2 ;;
	--cc) cc=$2 ;;
	--arch) arch_wanted=$2 ;;
	--format) format=$2 ;;
	--flags) flags_file=$2 ;;
	--kernel-min) kernel_min=$2 ;;
	--kernel-max) kernel_max=$2 ;;
	--only-arch) only_arch="$only_arch $2" ;;
	--requires) requires="$requires $2" ;;
	esac
	case "$1" in --quiet | --verbose | --constraints) ;; *) shift ;; esac
	shift
done

case "$format" in text | json) ;; *) wrong_call "unknown format '$format'" ;; esac
for word in $arch_wanted $only_arch; do
	architecture_with name "$word" || wrong_call "unknown architecture '$word'"
done
for word in $requires; do
	case "$word" in CONFIG_?*) ;; *) wrong_call "'$word' is no CONFIG_ option" ;; esac
done
for word in $kernel_min $kernel_max; do
	case "$word" in [0-9]*.[0-9]*) ;; *) wrong_call "'$word' is no kernel version" ;; esac
	case "$word" in *[!0-9.]* | *..* | *.0[0-9]*) wrong_call "'$word' is no kernel version" ;; esac
done

[ -n "$flags_file" ] || find_kernel
! take_report || exit 0

for part in versions compiler-command family-options; do
	. "$here/$part.sh"
done
for part in checks report commands install tools module answers compiler-names compilers c-compiler cxx-compiler \
	analysis headers remedy flags object configuration; do
	. "$here/cxxavailable/$part.sh"
done

# Kbuild works in this directory, which it cannot in every path
case "${TMPDIR-}" in
'' | *[[:space:]:%]*) temporary=/tmp ;;
*) temporary=$TMPDIR ;;
esac
work=$(mktemp -d "$temporary/cxxavailable.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
: > "$work/started"

[ -z "$constraints" ] || groups='kernel module'
for group in $groups; do
	eval "list=\$checks_of_$group"
	for check in $list; do
		"check_$check"
	done
	# Skip the remaining groups: the module excludes this kernel.
	[ -z "$excluded" ] || break
done
conclude
