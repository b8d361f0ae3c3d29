# shellcheck shell=sh disable=SC2154,SC2034 # shared with the files sourced beside it
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# The results of checks, and reports of them for people and programs.
#
#   ok <found>
#   warn <problem> <found> <needed> <fix>
#   fail <problem> <found> <needed> <fix>
#   after <check>… || return    unless the checks that this one depends on have passed

records=
warnings=0
failures=0
excluded=
unit=$(printf '\037')
end=$(printf '\036')

# The state of each check is kept in state_<check>: ok, warning, failed, unchecked, excluded.
record() {
	eval "state_$check=\$1"
	records="$records$group$unit$check$unit$1$unit$2$unit$3$unit$4$unit$5$end"
}

ok() {
	record ok '' "$1" '' ''
}

warn() {
	warnings=$((warnings + 1))
	record warning "$@"
	[ "$format" = json ] || print_problem "warning: $1" "$2" "$3" "$4"
}

fail() {
	failures=$((failures + 1))
	record failed "$@"
	[ "$format" = json ] || print_problem "$@"
}

# The module itself excludes this kernel
exclude() {
	excluded=y
	record excluded "$@"
	[ "$format" = json ] || print_problem "$@"
}

after() {
	for first in "$@"; do
		eval "state=\$state_$first"
		case "$state" in
		ok | warning | excluded) ;;
		*)
			record unchecked '' "waits for $first" '' ''
			return 1
			;;
		esac
	done
}

# --- text ---------------------------------------------------------------------

colour=
plain=
if [ -t 2 ] && [ -z "${NO_COLOR-}" ] && [ "${TERM-dumb}" != dumb ]; then
	colour=$(printf '\033[1;31m')
	plain=$(printf '\033[0m')
fi

# print_problem <problem> <found> <needed> <fix>
print_problem() {
	cat >&2 <<END
$colour***$plain kcxx: $1
$colour***$plain   found:  $2
$colour***$plain   needed: $3
$colour***$plain   fix:    $4
END
}

# Prints the first lines of a tool's output, in printable characters
printable() {
	LC_ALL=C tr -c '\12\40-\176' '?' | head -n 3 | cut -c -200 | paste -s -d ' ' -
}

plural() {
	[ "$1" -eq 1 ] && echo "$1 $2" || echo "$1 ${2}s"
}

verdict() {
	if [ -n "$excluded" ]; then
		echo excluded
	elif [ "$failures" -gt 0 ]; then
		echo unusable
	else
		echo usable
	fi
}

subject() {
	echo "kernel ${release:-${kernel:-(none)}}${arch:+ ($arch)}${cxx:+, $cxx}${cxx_version:+ ($cxx_family $cxx_version)}"
}

conclude_text() {
	[ -z "$verbose" ] || listing
	[ -z "$quiet" ] || return 0
	case $(verdict) in
	usable)
		[ "$warnings" -eq 0 ] && tail= || tail=", with $(plural "$warnings" warning)"
		echo "C++ is available$tail: $(subject)"
		missing_analysis
		;;
	unusable) echo "C++ is not available, for $(plural "$failures" reason): $(subject)" ;;
	excluded) echo "This module is not for $(subject)" ;;
	esac
}

listing() {
	printf '%s' "$records" | LC_ALL=C tr '\036' '\n' | while IFS=$unit read -r _ name state problem found _; do
		printf '%-9s %-20s %s\n' "$state" "$name" "${problem:+$problem: }$found"
	done
}

conclude() {
	report=$("conclude_$format")
	[ -z "$report" ] || printf '%s\n' "$report"
	keep_report "$report"
	case $(verdict) in
	usable) exit 0 ;;
	unusable) exit 1 ;;
	excluded) exit 77 ;;
	esac
}

# --- JSON ---------------------------------------------------------------------

# The whole report is one line, so that lines can be gathered into a list
conclude_json() {
	{
		metadata
		printf '%s\n' ''
		printf 'verdict%s%s\036' "$unit" "$(verdict)"
		for name in kernel release arch cxx cxx_family cxx_version cc cc_version; do
			eval "value=\$$name"
			printf '%s%s%s\036' "$name" "$unit" "$value"
		done
		printf '%s' "$records"
	} | LC_ALL=C awk -f "$here/cxxavailable/json.awk"
}

# --- descriptions of the checks -------------------------------------------------

# <check>US<requirement>US<reason>US<fix>RS of each ## block
metadata() {
	LC_ALL=C awk -f "$here/cxxavailable/descriptions.awk" "$here"/cxxavailable/*.sh
}
