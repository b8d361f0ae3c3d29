# shellcheck shell=sh disable=SC2034 # for those that source it
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Sourced: reads the command of a compiler, of one word or several: ccache g++-12 -m64

# split_command <command>: sets wrapper, program and arguments. The program is the first word with the
# name of a compiler; if there is none, the last word before the first option.
split_command() {
	program=
	for word in $1; do
		case "$word" in -*) continue ;; esac
		case "${word##*/}" in
		*gcc* | *g++* | *clang* | cc | c++ | *-cc | *-c++)
			program=$word
			break
			;;
		esac
	done
	[ -n "$program" ] || for word in $1; do
		case "$word" in -*) break ;; esac
		program=$word
	done
	words=" $1 "
	wrapper=${words%%" $program "*}
	wrapper=${wrapper# }
	arguments=${words#*" $program "}
	arguments=${arguments% }
}

# cxx_partner_of <C compiler>: ccache /opt/gcc-12 -m64 → ccache /opt/g++-12 -m64
cxx_partner_of() {
	split_command "$1"
	name=${program##*/}
	case "$name" in
	*clang*) partner_name=${name%%clang*}clang++${name#*clang} ;;
	*gcc*) partner_name=${name%%gcc*}g++${name#*gcc} ;;
	*-cc) partner_name=${name%cc}c++ ;;
	*) partner_name=c++ ;;
	esac
	join_partner
}

# c_partner_of <C++ compiler>: likewise; status 1 if its name does not show the partner
c_partner_of() {
	split_command "$1"
	name=${program##*/}
	case "$name" in
	*clang++*) partner_name=${name%%clang++*}clang${name#*clang++} ;;
	*g++*) partner_name=${name%%g++*}gcc${name#*g++} ;;
	*) return 1 ;;
	esac
	join_partner
}

# Prints the command with the partner in place of the program, without arguments that only one language takes
join_partner() {
	case "$program" in */*) partner_name=${program%/*}/$partner_name ;; esac
	partner_command="${wrapper:+$wrapper }$partner_name"
	for word in $arguments; do
		case "$word" in -std=* | -stdlib=* | *++) ;; *) partner_command="$partner_command $word" ;; esac
	done
	echo "$partner_command"
}
