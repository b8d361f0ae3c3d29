# shellcheck shell=sh disable=SC2154,SC2034 # shared with the files sourced beside it
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# The constraints of the module itself. One that is not met is no failure: the module
# is not for this kernel, and the status is 77.

# Prints a version cut to as many numbers as another has: 6.12.5 by 6.12 → 6.12
cut_to() {
	case "$2" in
	*.*.*) echo "$1" ;;
	*) echo "$1" | sed 's/^\([0-9]*\.[0-9]*\).*/\1/' ;;
	esac
}

## kernel_min: the kernel is not older than the module allows
## Because its author named the kernels it is for: KERNEL_MIN.
## Fix: build for a newer kernel
check_kernel_min() {
	[ -n "$kernel_min" ] || { ok 'any'; return; }
	after release || return
	if older "$kernel_version" "$kernel_min"; then
		exclude 'the kernel is older than this module is for' "$kernel_version" \
			"$kernel_min or newer" 'build for a newer kernel'
	else
		ok "$kernel_version"
	fi
}

## kernel_max: the kernel is not newer than the module allows
## Because its author named the kernels it is for: KERNEL_MAX.
## Fix: build for an older kernel
check_kernel_max() {
	[ -n "$kernel_max" ] || { ok 'any'; return; }
	after release || return
	if older "$kernel_max" "$(cut_to "$kernel_version" "$kernel_max")"; then
		exclude 'the kernel is newer than this module is for' "$kernel_version" \
			"$kernel_max or older" 'build for an older kernel'
	else
		ok "$kernel_version"
	fi
}

## only_arch: the architecture is one the module allows
## Because its author named the kernels it is for: ARCH.
## Fix: build for a kernel of that architecture
check_only_arch() {
	[ -n "$only_arch" ] || { ok 'any'; return; }
	after arch || return
	case "$only_arch " in
	*" $arch "*) ok "$arch" ;;
	*) exclude 'the kernel is of an architecture this module is not for' "$arch" \
		"one of:$only_arch" 'build for a kernel of that architecture' ;;
	esac
}

## requires: the kernel has the options the module needs
## Because its author named the kernels it is for: REQUIRES.
## Fix: build for a kernel with these options
check_requires() {
	[ -n "$requires" ] || { ok 'none'; return; }
	after configured || return
	missing=
	for option in $requires; do
		grep -q "^$option=" "$kernel/include/config/auto.conf" || missing="$missing $option"
	done
	if [ -n "$missing" ]; then
		exclude 'the kernel lacks what this module needs' "not set:$missing" \
			"a kernel with$missing" 'build for a kernel with these options'
	else
		ok "set:$requires"
	fi
}
