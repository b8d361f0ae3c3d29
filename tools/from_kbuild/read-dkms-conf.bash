#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: read-dkms-conf.bash <dkms.conf> <kernel release> <machine> <kernel directory> <project> <DKMS tree> [machine]...
#
# kcxx new --from: reads a dkms.conf, a script for bash, as DKMS does, and prints each value that it sets, a line each:
# <directive><tab><index><tab><value>. ARCHES is the list of the last machines that BUILD_EXCLUSIVE_ARCH
# matches, and MAKE is the command for this release.

conf=$1
kernelver=$2
arch=$3
kernel_source_dir=$4
source_tree=/usr/src
dkms_tree=$6
kcxx_machines=("${@:7}")
kernel_config=$kernel_source_dir/.config
directives=(PACKAGE_NAME PACKAGE_VERSION BUILT_MODULE_NAME BUILT_MODULE_LOCATION DEST_MODULE_NAME DEST_MODULE_LOCATION
	MAKE MAKE_MATCH PATCH PATCH_MATCH STRIP AUTOINSTALL REMAKE_INITRD BUILD_DEPENDS BUILD_DEPENDS_REBUILD
	BUILD_EXCLUSIVE_KERNEL BUILD_EXCLUSIVE_KERNEL_MIN BUILD_EXCLUSIVE_KERNEL_MAX BUILD_EXCLUSIVE_ARCH
	BUILD_EXCLUSIVE_CONFIG OBSOLETE_BY NO_WEAK_MODULES MODULES_CONF CLEAN
	POST_ADD PRE_BUILD POST_BUILD PRE_INSTALL POST_INSTALL POST_REMOVE)
unset "${directives[@]}"
export kernelver arch kernel_source_dir source_tree dkms_tree kernel_config

cd "$5" || exit 1
tr -d '\r' < "$conf" | bash -n || exit 1
# shellcheck source=/dev/null
. <(tr -d '\r' < "$conf") > /dev/null

# DKMS's own defaults
if [[ -z ${BUILT_MODULE_NAME[0]} && ${#DEST_MODULE_LOCATION[@]} -eq 1 ]]; then
	BUILT_MODULE_NAME[0]=$PACKAGE_NAME
fi
make_command=
[[ ${MAKE_MATCH[0]} ]] || make_command=${MAKE[0]}
for index in "${!MAKE[@]}"; do
	if [[ ${MAKE[index]} && ${MAKE_MATCH[index]} && $kernelver =~ ${MAKE_MATCH[index]} ]]; then
		make_command=${MAKE[index]}
	fi
done
MAKE=("${make_command/#make/make KERNELRELEASE=$kernelver}")

ARCHES=
for machine in "${kcxx_machines[@]}"; do
	[[ -z $BUILD_EXCLUSIVE_ARCH || ! $machine =~ $BUILD_EXCLUSIVE_ARCH ]] || ARCHES+=" $machine"
done

for directive in "${directives[@]}" ARCHES; do
	declare -n values=$directive
	for index in "${!values[@]}"; do
		printf '%s\t%s\t%s\n' "$directive" "$index" "${values[index]//$'\n'/ }"
	done
	declare +n values
done
