# shellcheck shell=sh disable=SC2154,SC2034 # shared with the files sourced beside it
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# The C++ standard library's headers, which a compiler brings or takes from another.

## standard_headers: the C++ compiler finds the headers of libstdc++, for the kernel's architecture
## Because <expected>, <span>, <type_traits> and others are used as they are, and libc++'s need a C library.
## Fix: apt-get install libstdc++-<major>-dev; for Clang and another architecture libstdc++-<major>-dev-<arch>-cross
check_standard_headers() {
	after cxx_compiler || return
	library=$(directory_with cstddef expected)
	missing='<expected>'
	# Clang for another machine finds the headers that all machines share in this machine's libstdc++.
	if [ -n "$library" ] && [ "$cxx_family" = Clang ] && [ -n "${KCXX_CXX_TARGET-}" ] && [ -n "$(cross_prefix)" ] &&
		[ -z "$(directory_with bits/c++config.h)" ]; then
		library=
		missing="<bits/c++config.h> of $arch"
	fi
	if [ -e "$library/__config" ]; then
		fail 'the C++ compiler takes the headers of libc++' "$library" \
			"those of libstdc++ $(minimum libstdc++) or newer" "$(leave_libcxx)"
	elif [ -n "$library" ]; then
		ok "$library"
		keep_answer
	else
		fail "the C++ standard library's headers are missing, or too old" \
			"no $missing in $(printf '%s' "${cxx_headers:-any directory of $cxx}" | tr '|' ' ')" \
			"libstdc++ $(minimum libstdc++) or newer$(for_other_machine)" "$(get_headers)"
	fi
}

# directory_with <header>…: prints the first directory of the compiler that has them
directory_with() {
	rest=$cxx_headers\|
	while [ -n "$rest" ]; do
		directory=${rest%%|*}
		rest=${rest#*|}
		for header in "$@"; do
			[ -e "$directory/$header" ] || continue 2
		done
		echo "$directory"
		return
	done
}

# -stdlib is only for the search: with the kernel's -nostdinc it is unused, and Clang would warn of that.
leave_libcxx() {
	split_command "$cxx"
	bare="${wrapper:+$wrapper }$program"
	case " $arguments " in
	*' -stdlib=libc++ '*)
		echo "leave '-stdlib=libc++' out: $(name_compiler CXX KCXX_CXX_COMPILER "$bare")" ;;
	*) name_compiler CXX KCXX_CXX_COMPILER \
		"$bare --start-no-unused-arguments -stdlib=libstdc++ --end-no-unused-arguments" ;;
	esac
}

for_other_machine() {
	[ -z "$(cross_prefix)" ] || echo " for $arch"
}

# Prints how to get the headers. A g++ brings its own. Clang takes those of the newest GCC that it finds,
# which may be installed without them.
get_headers() {
	split_command "$cxx"
	bare="${wrapper:+$wrapper }$program"
	major=$(minimum libstdc++)
	if [ -n "$arguments" ] && well_with bare-compiler --cc "$cc" --cxx "$bare"; then
		echo "leave '$arguments' out: $(name_compiler CXX KCXX_CXX_COMPILER "$bare")"
	elif [ "$cxx_family" = Clang ]; then
		# shellcheck disable=SC2086 # several words
		run_within 10 $cxx ${KCXX_CXX_TARGET-} -v
		selected=$(printf '%s\n' "$output" | sed -n 's|^Selected GCC installation:.*/\([0-9][0-9]*\)[^/]*$|\1|p')
		older "${selected:-0}" "$major" || major=$selected
		install "$(cross_prefix)libstdc++" "$major"
	else
		older "$cxx_version" "$major" || major=${cxx_version%%.*}
		install "$(cross_prefix)g++" "$major"
	fi
}
