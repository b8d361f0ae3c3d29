# shellcheck shell=sh disable=SC2154,SC2034 # shared with the files sourced beside it
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# The programs a build, an installation or a boot test runs.

## make: GNU make, not older than kcxx was tried with
## Because Kbuild and its C++ part are written in GNU make's language.
## Fix: apt-get install make
check_make() {
	make_command=
	for make_command in "${MAKE%% *}" gmake make; do
		[ -n "$make_command" ] && exists "$make_command" && break
		make_command=
	done
	if [ -z "$make_command" ]; then
		fail 'GNU make is missing' 'no gmake, no make' 'GNU make' "$(install make)"
		return
	fi
	run_within 10 "$make_command" --version
	case "$output" in 'GNU Make '*) ;; *)
		fail 'make is not GNU make' "$make_command prints '$(printf '%s' "$output" | printable)'" \
			'GNU make' "$(install make)"
		return
	esac
	make_version=$(printf '%s\n' "$output" | version_in)
	if older "$make_version" "$(minimum make)"; then
		warn 'GNU make is older than any that kcxx was tried with' \
			"$make_command $make_version" "$(minimum make) or newer" "$(install make)"
	else
		ok "$make_command $make_version"
	fi
}

## ccache: ccache, if it is there, can cache Kbuild's objects
## Because 4.7.0 to 4.7.2 fail on the dependency files that Kbuild asks compilers for.
## Fix: apt-get install ccache, or leave ccache out of CC and CXX
check_ccache() {
	if ! exists ccache; then
		ok 'none: builds go without'
		return
	fi
	ccache_version=$(LC_ALL=C timeout -k 1 10 ccache --version 2>/dev/null | version_in)
	if [ -z "$ccache_version" ]; then
		ok 'of unknown version'
	elif older "$ccache_version" 4.7.3 && ! older "$ccache_version" 4.7; then
		warn 'this ccache cannot cache Kbuild' "ccache $ccache_version" \
			'4.7.3 or newer, or older than 4.7' \
			"$(install ccache), or leave ccache out of CC and CXX"
	else
		ok "ccache $ccache_version"
	fi
}

## depmod: depmod, to install modules with
## Because modules_install runs it, and modprobe finds a module by what it writes.
## Fix: apt-get install kmod
check_depmod() {
	for depmod in depmod /sbin/depmod /usr/sbin/depmod; do
		if exists "$depmod"; then
			ok "$(command -v "$depmod")"
			return
		fi
	done
	warn 'depmod is missing: modules can be built, not installed' 'no depmod' 'kmod' "$(install kmod)"
}

## qemu: QEMU, for boot tests only
## Because kcxx boot and add_kernel_module_test() load modules in a guest.
## Fix: apt-get install qemu-system-x86
check_qemu() {
	found_qemu=
	each_architecture add_qemu
	ok "${found_qemu:-none: only boot tests need it}"
}

add_qemu() {
	! exists "qemu-system-$arch_machine" || found_qemu="$found_qemu${found_qemu:+, }qemu-system-$arch_machine"
	return 1
}
