# shellcheck shell=sh disable=SC2154,SC2034 # shared with the files sourced beside it
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# The kernel directory: there, whole, prepared, and one this machine can use.

## path: Kbuild can work in the paths of the kernel directory and of kcxx
## Because make takes spaces, colons and percent signs for syntax.
## Fix: ln -s <directory> to a path without them, and name that
check_path() {
	if [ -n "$flags_file" ]; then
		# shellcheck disable=SC1090 # written by Makefile.cxxfacts
		. "$flags_file"
		kernel=$KCXX_OBJTREE
	fi
	[ -n "${asked+set}" ] || find_kernel
	case "$kernel" in
	/* | '') ;;
	*) kernel=$(pwd)/$kernel ;;
	esac
	for place in "$kernel" "$here"; do
		case "$place" in
		*[[:space:]:%]*)
			fail 'Kbuild cannot work in this path' "$place" \
				'a path without spaces, colons or percent signs' \
				"ln -s '$place' to a path without them, and name that instead"
			return ;;
		esac
	done
	ok "$kernel"
}

# Replaces a release by the directory of its headers, and an empty name by that of the default kernel.
find_kernel() {
	case "$kernel" in
	*/* | .) return ;;
	esac
	asked=$kernel
	# shellcheck disable=SC2086 # two words or none
	kernel=$(sh "$here/find-kernel.sh" ${arch_wanted:+--arch "$arch_wanted"} "$asked")
}

## directory: the kernel directory exists
## Because everything a module is built with is in it.
## Fix: apt-get install linux-headers-<release>, or kcxx kernels get <release>
check_directory() {
	after path || return
	if [ -z "$kernel" ]; then
		fail "no headers of ${asked:+kernel }${asked:-any kernel}" \
			"none in $(sh "$here/find-kernel.sh" --places "${asked:-<release>}" | paste -s -d ' ' -)" \
			'a headers package, or a kernel build directory' \
			"$(install headers "${asked:-$(uname -r)}"), or kcxx kernels get ${asked:-6.12}, or name a directory"
	elif [ -L "$kernel" ] && ! [ -e "$kernel" ]; then
		fail 'the kernel directory is a symbolic link that leads nowhere' \
			"$kernel -> $(readlink "$kernel")" 'a kernel build tree or a headers package' \
			"$(install headers "$(uname -r)"), or name another directory"
	elif ! [ -d "$kernel" ]; then
		fail 'the kernel directory does not exist' "$kernel" \
			'a kernel build tree or a headers package' \
			"$(install headers "$(uname -r)"), or name another directory"
	else
		ok "$kernel"
	fi
}

## readable: whoever builds may read the kernel directory
## Because Kbuild runs as the user who calls it.
## Fix: chmod -R a+rX <kernel>
check_readable() {
	after directory || return
	# A directory comes before what is in it; other checks report what is not there.
	for place in '' /Makefile /include /include/config /include/config/auto.conf /include/generated \
		/include/generated/autoconf.h; do
		[ -e "$kernel$place" ] || continue
		[ -r "$kernel$place" ] && { ! [ -d "$kernel$place" ] || [ -x "$kernel$place" ]; } && continue
		fail 'the kernel directory may not be read' "no right to read $kernel$place, as user $(id -un)" \
			'read access to all of it' "sudo chmod -R a+rX $kernel"
		return
	done
	ok 'all of it'
}

## build_tree: it is a kernel's build directory or headers package
## Because modules are built by the kernel's own Makefile and scripts.
## Fix: name /lib/modules/<release>/build, or the directory a kernel was built in
check_build_tree() {
	after readable || return
	for file in Makefile scripts/Makefile.build; do
		# In an O= build tree the Makefile leads to the source's scripts.
		[ -e "$kernel/$file" ] || [ -e "$kernel/source/$file" ] && continue
		fail 'this is not a kernel build directory' "no $kernel/$file" \
			'a directory with Makefile and scripts/Makefile.build' \
			'name /lib/modules/<release>/build, or the directory a kernel was built in'
		return
	done
	ok 'Makefile, scripts/Makefile.build'
}

# The options that any check asks for
options='MODULES CC_IS_CLANG GCC_VERSION CLANG_VERSION CC_VERSION_TEXT
	OBJTOOL MODVERSIONS GENKSYMS GENDWARFKSYMS
	STACKPROTECTOR STACKPROTECTOR_STRONG RETPOLINE MITIGATION_RETPOLINE RETHUNK MITIGATION_RETHUNK
	SLS MITIGATION_SLS X86_KERNEL_IBT ARM64_BTI_KERNEL ARM64_PTR_AUTH_KERNEL SHADOW_CALL_STACK
	UNWIND_PATCH_PAC_INTO_SCS FUNCTION_TRACER CALL_PADDING FUNCTION_PADDING_BYTES CFI_CLANG CFI FINEIBT
	RANDSTRUCT RANDSTRUCT_FULL RANDSTRUCT_PERFORMANCE GCC_PLUGINS LTO_CLANG_FULL LTO_CLANG_THIN
	KASAN UBSAN KASAN_GENERIC KASAN_SW_TAGS KASAN_HW_TAGS KCSAN KMSAN GCOV_KERNEL KCOV CONSTRUCTORS
	TRIM_UNUSED_KSYMS DEBUG_INFO_BTF_MODULES PAHOLE_VERSION MODULE_SIG MODULE_SIG_FORCE'
add_architecture_option() {
	options="$options $arch_config"
	return 1
}
each_architecture add_architecture_option

# last_bytes <file>…: prints the last byte of each, which should be a newline
last_bytes() {
	for file in "$@"; do
		tail -c 1 "$file"
	done | LC_ALL=C tr '\0' '?'
}

# Reads .config, auto.conf and autoconf.h once: config_<OPTION>, damage_<file>, stale, cut_off
read_configuration() {
	cut_off=
	set --
	for file in .config include/config/auto.conf include/generated/autoconf.h; do
		[ ! -s "$kernel/$file" ] || set -- "$@" "$kernel/$file"
	done
	if [ -n "$(last_bytes "$@")" ]; then
		for file in "$@"; do
			shift
			if [ -n "$(last_bytes "$file")" ]; then
				cut_off="$cut_off $file"
			else
				set -- "$@" "$file"
			fi
		done
	fi
	[ $# -eq 0 ] || eval "$(options=$options LC_ALL=C awk -f "$here/cxxavailable/configuration.awk" "$@")"
}

# is_of_kernel: is the architecture in arch_… the kernel's?
is_of_kernel() {
	option "$arch_config"
}

# option <OPTION>: is it set to y?
option() {
	eval "[ \"\${config_$1-}\" = y ]"
}

# options_set <OPTION>…: sets options_found to those of them that are set, as text
options_set() {
	options_found=
	for wanted in "$@"; do
		! option "$wanted" || options_found="$options_found${options_found:+ }CONFIG_$wanted"
	done
}

# damage <file> <what awk found in it>: prints why the file cannot be whole, or nothing
damage() {
	if [ -e "$1" ] && ! [ -s "$1" ]; then
		echo "$1 is empty"
	elif [ -n "$2" ]; then
		echo "$1: $2"
	else
		case "$cut_off " in *" $1 "*) echo "$1 is cut off in its last line" ;; esac
	fi
}

## configuration_file: .config is whole, where there is one
## Because DKMS and other tools read it for what the kernel was built with.
## Fix: reinstall the headers package, or cp /boot/config-<release> <kernel>/.config
check_configuration_file() {
	after build_tree || return
	read_configuration
	if ! [ -e "$kernel/.config" ]; then
		ok 'none: Kbuild reads include/config/auto.conf'
		return
	fi
	output=$(damage "$kernel/.config" "$damage_config")
	if [ -z "$output" ]; then
		ok "$settings_config settings"
	elif [ -s "$kernel/include/config/auto.conf" ]; then
		warn "the kernel's .config is damaged" "$output" 'lines CONFIG_<option>=<value>, as Kconfig writes them' \
			"$(repair)"
	else
		fail "the kernel's .config is damaged" "$output" 'lines CONFIG_<option>=<value>, as Kconfig writes them' \
			"$(repair)"
	fi
}

repair() {
	echo "reinstall the headers package, or cp /boot/config-<release> $kernel/.config and make -C $kernel olddefconfig modules_prepare"
}

## configured: the configuration that compilers see is there and whole
## Because every kernel header's layout follows include/generated/autoconf.h.
## Fix: make -C <kernel> olddefconfig modules_prepare
check_configured() {
	after build_tree || return
	for file in include/config/auto.conf include/generated/autoconf.h; do
		if ! [ -e "$kernel/$file" ]; then
			fail 'the kernel directory was never prepared for modules' "no $kernel/$file" \
				'a configured and prepared kernel directory' \
				"make -C $kernel olddefconfig modules_prepare"
			return
		fi
	done
	output=$(damage "$kernel/include/config/auto.conf" "$damage_auto")
	output=${output:-$(damage "$kernel/include/generated/autoconf.h" "$damage_header")}
	if [ -n "$output" ]; then
		fail "the kernel's configuration is damaged" "$output" \
			'the files as Kconfig writes them' "$(repair)"
	else
		ok "$settings_auto settings"
	fi
}

## modules: the kernel can load modules
## Because without CONFIG_MODULES there is nothing that would.
## Fix: build the kernel with CONFIG_MODULES=y
check_modules() {
	after configured || return
	if option MODULES; then
		ok 'CONFIG_MODULES=y'
	else
		fail 'this kernel cannot load modules' 'CONFIG_MODULES is not set' 'CONFIG_MODULES=y' \
			"$kernel/source/scripts/config --file $kernel/.config -e MODULES, and build the kernel anew"
	fi
}

## fresh: auto.conf and autoconf.h have the settings of .config
## Because Kbuild does not bring them up to date for modules, and layouts follow them.
## Fix: make -C <kernel> olddefconfig modules_prepare
check_fresh() {
	after configured || return
	if [ -z "$stale" ]; then
		ok 'they agree'
	else
		fail "the kernel's configuration was changed and not prepared again" "$stale" \
			'the same settings in .config, auto.conf and autoconf.h' \
			"make -C $kernel olddefconfig modules_prepare, and build and install that kernel"
	fi
}

# Prints the programs of the kernel directory that a module's build runs
host_programs() {
	echo scripts/basic/fixdep scripts/mod/modpost
	option OBJTOOL && echo tools/objtool/objtool
	option MODVERSIONS && if option GENDWARFKSYMS; then
		echo scripts/gendwarfksyms/gendwarfksyms
	else
		echo scripts/genksyms/genksyms
	fi
}

## prepared: the kernel directory is prepared for modules
## Because Kbuild runs programs of the kernel's on every module, and they have to be there.
## Fix: make -C <kernel> olddefconfig modules_prepare
check_prepared() {
	after configured || return
	missing=
	for file in $(host_programs) include/generated/utsrelease.h; do
		[ -s "$kernel/$file" ] || missing="$missing $file"
	done
	if [ -n "$missing" ]; then
		fail 'the kernel directory was never prepared for modules' "no$missing in $kernel" \
			'a configured and prepared kernel directory' \
			"make -C $kernel olddefconfig modules_prepare"
	else
		ok "$(host_programs | paste -s -d ' ' -)"
	fi
}

# cannot_run <program> || …: prints why this machine cannot run it
cannot_run() {
	is=$(machine_of "$1")
	if ! [ -x "$1" ]; then
		echo 'it is not executable'
		return
	fi
	# Decided without running it: a shell would read a program that the kernel refuses as a script.
	case "$is:$this_machine" in
	"$is:$is" | 'no program':* | i386:x86_64) ;;
	*)
		[ -e "/proc/sys/fs/binfmt_misc/qemu-$is" ] || { echo "it is a program for $is"; return; } ;;
	esac
	export SRCARCH=x86
	run_within 10 "$1"
	case "$?:$output" in
	124:*) echo 'it does not end' ;;
	*"version \`GLIBC"*) echo "it needs a newer C library: $(printf '%s' "$output" |
		sed -n 's/.*version `\(GLIBC[^'"'"']*\).*/\1/p' | head -n 1)" ;;
	*'yntax error'*) echo 'it is no program' ;;
	126:* | 127:* | *'error while loading shared libraries'* | *'No such file or directory'* | *'not found'*)
		printf '%s' "$output" | printable ;;
	*) return 1 ;;
	esac
}

## host_programs: this machine can run the kernel directory's programs
## Because headers for another machine or a newer system carry programs that do not start here.
## Fix: build them here, make -C <kernel> modules_prepare, or take this system's headers package
check_host_programs() {
	after prepared || return
	broken=
	for program in $(host_programs); do
		why=$(cannot_run "$kernel/$program") || continue
		broken="$broken${broken:+; }$program: $why"
	done
	if [ -n "$broken" ]; then
		fail "this machine cannot run the kernel directory's programs" "$broken" \
			"programs built for this machine ($this_machine) and its C library" \
			"make -C $kernel modules_prepare, or install this system's own headers package"
	else
		ok 'they run'
	fi
}

# Prints the machine of an ELF file, or "no program"
machine_of() {
	# shellcheck disable=SC2046 # the bytes, a word each
	set -- $(od -An -v -tx1 -N 20 "$1")
	case "$1$2$3$4" in
	7f454c46) ;;
	*) echo 'no program'; return ;;
	esac
	[ "$6" = 01 ] && number=${20}${19} || number=${19}${20}
	if architecture_with elf "$number"; then
		echo "$arch_machine"
	elif [ "$number" = 0003 ]; then
		echo i386
	else
		echo "machine 0x$number"
	fi
}

# Sets kernel_version. Debian's 6.1.0-56 is a 6.1.192: its headers have the version. LINUX_VERSION_CODE
# counts sublevels to 255 only: the numbers beside it come first, and the release where there are none.
read_version() {
	version_major='' version_patchlevel='' version_sublevel='' version_code=''
	eval "$(sed -n -e 's/^#define LINUX_VERSION_CODE \([0-9]*\)$/version_code=\1/p' \
		-e 's/^#define LINUX_VERSION_MAJOR \([0-9]*\)$/version_major=\1/p' \
		-e 's/^#define LINUX_VERSION_PATCHLEVEL \([0-9]*\)$/version_patchlevel=\1/p' \
		-e 's/^#define LINUX_VERSION_SUBLEVEL \([0-9]*\)$/version_sublevel=\1/p' \
		"$kernel/include/generated/uapi/linux/version.h" 2>/dev/null)"
	by_release=$(printf '%s\n' "$release" | version_in)
	if [ -n "$version_sublevel" ]; then
		kernel_version=$version_major.$version_patchlevel.$version_sublevel
	elif [ -n "$version_code" ]; then
		kernel_version=$((version_code >> 16)).$((version_code >> 8 & 255)).$((version_code & 255))
		case "$kernel_version" in
		*.255) ! older "$kernel_version" "$by_release" || kernel_version=$by_release ;;
		esac
	else
		kernel_version=$by_release
	fi
}

## release: the kernel has a release kcxx was tried with
## Because the vermagic of a module names the kernel it is for, and Kbuild changes with kernels.
## Fix: take a newer kernel
check_release() {
	after configured || return
	release=$(sed -n 's/^#define UTS_RELEASE "\(.*\)"$/\1/p' "$kernel/include/generated/utsrelease.h" 2>/dev/null)
	release=${KCXX_RELEASE:-$release}
	if [ -z "$release" ]; then
		fail 'the kernel has no release' "no UTS_RELEASE in $kernel/include/generated/utsrelease.h" \
			'a configured and prepared kernel directory' "make -C $kernel olddefconfig modules_prepare"
		return
	fi
	read_version
	if older "$kernel_version" "$(minimum linux)"; then
		warn 'the kernel is older than any that kcxx was tried with' "$release" \
			"Linux $(minimum linux) or newer" 'take a newer kernel, or test on this one with care'
	else
		ok "$release (Linux $kernel_version)"
	fi
}

## arch: the kernel is for an architecture kcxx supports, and the one that was asked for
## Because flags, calling conventions and mitigations differ with each.
## Fix: name a kernel for x86_64, arm64 or riscv64
check_arch() {
	after configured || return
	if each_architecture is_of_kernel; then
		arch=$arch_name
	else
		fail 'the kernel is for an architecture kcxx does not support' \
			"$(sed -n 's/^# Linux\/\([^ ]*\).*/\1/p' "$kernel/include/config/auto.conf" | head -n 1)" \
			"$(architecture_names)" 'name a kernel of one of these'
		return
	fi
	if [ -n "$arch_wanted" ] && [ "$arch_wanted" != "$arch" ]; then
		fail 'the kernel is for another architecture' "$arch" "$arch_wanted" \
			"name a kernel for $arch_wanted, or leave --arch out"
	else
		ok "$arch"
	fi
}

## symvers: Module.symvers, the list of what the kernel exports
## Because modpost looks symbols up in it, and takes their CRCs from it.
## Fix: build the kernel (make -C <kernel>), or take the headers package
check_symvers() {
	after configured || return
	if [ -s "$kernel/Module.symvers" ]; then
		ok "$kernel/Module.symvers"
	elif option MODVERSIONS; then
		fail 'Module.symvers is missing, and the kernel wants CRCs (MODVERSIONS)' \
			"no $kernel/Module.symvers: the kernel would refuse the module" \
			'the file as the kernel'"'"'s build wrote it' \
			"make -C $kernel, or install the headers package"
	else
		warn 'Module.symvers is missing' \
			"no $kernel/Module.symvers: modpost cannot distinguish a misspelt symbol from one of the kernel's" \
			'the file as the kernel'"'"'s build wrote it' \
			"make -C $kernel, or install the headers package"
	fi
}
