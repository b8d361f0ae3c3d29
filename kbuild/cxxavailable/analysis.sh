# shellcheck shell=sh disable=SC2154,SC2034 # shared with the files sourced beside it
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# The check of the Clang that reads what GCC compiles.

## analysis: Clang, if it is there, analyses what GCC compiles
## Because GCC does not see a sleep in atomic context, a lock that is taken twice, and a reference that outlives its object.
## Fix: apt-get install clang-22; builds go without it
check_analysis() {
	after cxx_version || return
	without=
	case "$cxx_family" in
	Clang)
		analyzer=$cxx
		analyzer_major=${cxx_version%%.*}
		;;
	*)
		analyzer=$(sh "$here/find-analyzer.sh")
		analyzer_major=${analyzer##*-}
		;;
	esac
	if [ -z "$analyzer" ]; then
		without='sleep in atomic context, locks taken twice and references that dangle'
	elif [ "$analyzer" != clang++ ] && [ "$analyzer_major" -lt 20 ]; then
		without='a sleep behind the calls of a callback'
	fi
	ok "${analyzer:-none}${without:+: builds do not refuse $without}"
}

# Prints what builds let pass because they have no Clang; nothing to a user who wants none, as a DKMS build
missing_analysis() {
	[ -n "$without" ] && [ "${KCXX_ANALYSIS-}" != n ] || return 0
	echo "Builds do not refuse $without; they do with a newer Clang beside GCC: $(install clang 22)"
}
