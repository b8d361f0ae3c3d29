# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
#
# Sourced by scripts that get a compiler's arguments.

# forced_headers <argument>…: prints the headers that the project's own options -include name, a line each, without
# those of the kernel and of kcxx.
forced_headers() {
	_previous=
	for _argument in "$@"; do
		case "$_previous$_argument" in
		-include*/include/linux/kconfig.h | -include*/include/linux/compiler[-_]*.h) ;;
		-include*/no-thread-local.h | -include*/operator-new.h | -include*/no-named-address-spaces.h) ;;
		-include*/.kcxx/*/own.hpp) ;; # bindings
		-include?*) printf '%s\n' "${_argument#-include}" ;;
		esac
		_previous=
		case "$_argument" in -include) _previous=-include ;; esac
	done
}
