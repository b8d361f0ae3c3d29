# shellcheck shell=sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Sourced: the order of versions, of kernels and of tools. Numbers are compared one by one: 6.12.118 is
# newer than 6.12.9, and 6.13 newer than both.

# older <version> <version>: is the first older? Only the numbers count: 6.12.118+deb12-amd64 is a
# 6.12.118. 6.12-rc3 is a 6.12: it has the interfaces of 6.12, and its LINUX_VERSION_CODE.
older() {
	left=${1%%[!0-9.]*}
	right=${2%%[!0-9.]*}
	while [ -n "$left$right" ]; do
		left_number=${left%%.*} right_number=${right%%.*}
		if [ "${left_number:-0}" -ne "${right_number:-0}" ]; then
			[ "${left_number:-0}" -lt "${right_number:-0}" ]
			return
		fi
		case "$left" in *.*) left=${left#*.} ;; *) left= ;; esac
		case "$right" in *.*) right=${right#*.} ;; *) right= ;; esac
	done
	return 1
}

# newest_first: sorts lines that differ in the versions they hold, as paths of kernels do. 6.12-rc3 comes after
# 6.12 here: of both, the release is newer. tools/kernels/version_order.cc has the same order.
newest_first() {
	LC_ALL=C sed -e 'h; s/[0-9][0-9]*/00000&/g; s/0*\([0-9]\{6\}\)/\1/g' \
		-e "s/[-~]rc\\([0-9]\\)/$(printf '\002')rc\\1/g; y/./~/; G; s/\\n/$(printf '\037')/" |
		LC_ALL=C sort -r | LC_ALL=C sed "s/^.*$(printf '\037')//"
}
