# SPDX-License-Identifier: GPL-2.0-only OR MIT
# shellcheck shell=sh
#
# Sourced where the arguments are those of a compiler: removes those that name its outputs, so that the
# compiler can run once more without touching the object and its dependency file.

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
