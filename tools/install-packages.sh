#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: install-packages.sh [<package>…]
#
# Installs what kcxx builds and boots modules with, and the Debian packages named,
# as far as they are missing: as root, or through sudo. Where there is no apt,
# names them all and ends with status 1.

set -e

set -- g++-12 gcc-12 g++ gcc make cmake ninja-build pkg-config \
	libcli11-dev libfmt-dev nlohmann-json3-dev libarchive-dev libelf-dev libdw-dev libssl-dev zlib1g-dev \
	libre2-dev libxxhash-dev libkainjow-mustache-dev \
	kmod pahole busybox-static qemu-system-x86 xz-utils ca-certificates "$@"

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
	{
		echo "kcxx: this is not a Debian system: packages have to be installed by hand."
		echo "  found:  no apt-get"
		echo "  needed: what Debian calls $*"
		echo "  type:   install these with this distribution's package manager"
	} >&2
	exit 1
fi

missing=
for package in "$@"; do
	status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) || status=
	[ "$status" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
	as_root=sudo
	if ! command -v sudo >/dev/null; then
		{
			echo "kcxx: packages are missing, and only root may install them."
			echo "  found:  user $(id -un), no sudo"
			echo "  needed:$missing"
			echo "  type:   su -c 'apt-get install$missing'"
		} >&2
		exit 1
	fi
fi

echo "Installing:$missing"
live=
[ ! -t 1 ] || live=y
here=$(cd "$(dirname "$0")" && pwd)
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
# sudo closes all files except the standard ones, so apt-get's status lines go to its output.
# shellcheck disable=SC2086 # a list of packages
{
	{
		$as_root env DEBIAN_FRONTEND=noninteractive apt-get update &&
			$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y \
				--no-install-recommends -o APT::Status-Fd=1 $missing
	} 2>&1 || : >"$logs/failed"
} | awk -v live="$live" -v log_file="$logs/output" -f "$here/progress.awk"
if [ -e "$logs/failed" ]; then
	cat "$logs/output" >&2
	{
		echo "kcxx: packages could not be installed; apt-get's own words are above."
		echo "  needed:$missing"
		echo "  type:   apt-get update && apt-get install$missing"
	} >&2
	exit 1
fi
