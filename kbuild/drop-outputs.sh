# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
#
# Sourced where the arguments are a compiler's: takes out those that name what it writes, so that it
# runs once more without touching the object and its dependencies.

skip=
for argument in "$@"; do
	shift
	case "$skip$argument" in
	-o | -MF | -MT | -MQ) skip=y ;;
	y*) skip= ;;
	-MD | -MMD | -Wp,-M*) ;;
	*) set -- "$@" "$argument" ;;
	esac
done
