#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: run-probe.sh <flags.sh> <directory> <GCC|Clang> <NAME>…
#
# Answers probes that probe-sources.awk wrote into the directory, with the kernel's C compiler and flags. Leaves there:
#   <NAME>.verdict   "yes", "no <reason>", or "suspect <reason>": the headers and types that it names do not compile
#   <NAME>.log       commands, and all that the compiler printed
#   <NAME>.headers   the files that the compiler read, a path a line
#   <NAME>.failure   instead of a verdict, if the compiler itself failed

flags=$1
directory=$2
family=$3
shift 3
. "$flags"
LC_ALL=C
export LC_ALL

# A missing function and a type that differs are errors. Other warnings are not, even if the kernel's flags make them
# errors.
strict='-Wno-error -Werror=implicit-function-declaration -Werror=implicit-int -Werror=incompatible-pointer-types -Werror=int-conversion'
if [ "$family" = GCC ]; then
	strict="$strict -Werror=discarded-qualifiers -Werror=discarded-array-qualifiers"
fi

# compile <NAME> <argument>…: true if it compiles
compile() {
	file=$directory/$1
	shift
	(
		cd "$KCXX_CURDIR" || exit
		eval "set -- $KCXX_CC $KCXX_C_FLAGS $strict \"\$@\""
		set -- "$@" '-DKBUILD_MODNAME="kcxx_probe"' '-D__KBUILD_MODNAME=kmod_kcxx_probe' '-DKBUILD_BASENAME="kcxx_probe"' \
			-MMD -MF "$file.d" "$file.c"
		echo "$*"
		"$@"
	) > "$file.output" 2>&1
	status=$?
	cat "$file.output" >> "$file.log"
	return "$status"
}

# first_error <NAME>: prints the message of the first error that has a place in a source; nothing if the compiler
# crashed or was killed
first_error() {
	sed -n 's/^[^:]*:[0-9][0-9]*:\([0-9][0-9]*:\)\{0,1\} \(fatal \)\{0,1\}[Ee]rror: //p' "$directory/$1.output" | head -n 1
}

# Looks up the export of a symbol in Module.symvers; false, with the verdict, if it is not as asked
exported() { # <exported|exported_gpl> <symbol>
	kind=$(awk -F '\t' -v symbol="$2" '$2 == symbol { print $4; exit }' "$KCXX_OBJTREE/Module.symvers")
	if [ -z "$kind" ]; then
		verdict="no the kernel does not export $2"
	elif [ "$1" = exported_gpl ] && [ "$kind" != EXPORT_SYMBOL_GPL ]; then
		verdict="no the kernel exports $2 to modules of any licence"
	else
		return 0
	fi
	return 1
}

answer() { # <NAME>
	if read -r question symbol alone < "$directory/$1.ask"; then
		exported "$question" "$symbol" || return
		verdict=yes
		[ -z "$alone" ] || return
	fi
	if compile "$1" -c -o "$directory/$1.o"; then
		verdict=yes
	else
		error=$(first_error "$1")
		verdict="no $error"
		if [ -n "$error" ] && ! compile "$1" -fsyntax-only -DKCXX_ALONE; then
			error=$(first_error "$1")
			verdict="suspect its headers and types do not compile: $error"
		fi
		[ -n "$error" ] || verdict=failure
	fi
}

for name in "$@"; do
	: > "$directory/$name.log"
	answer "$name"
	if [ "$verdict" = failure ]; then
		mv "$directory/$name.output" "$directory/$name.failure"
		continue
	fi
	if [ -e "$directory/$name.d" ]; then
		sed -e 's/^[^ ]*:\( \|$\)//' -e 's/ *\\$//' "$directory/$name.d" | tr -s ' ' '\n' |
			sed -n -e "\\|^$directory/|d" -e "s|^[^/]|$KCXX_CURDIR/&|" -e '/./p' > "$directory/$name.headers"
	fi
	rm -f "$directory/$name.o" "$directory/$name.d" "$directory/$name.output"
	printf '%s\n' "$verdict" > "$directory/$name.verdict"
	case "$verdict" in
	suspect*) echo "kcxx: warning: probe $name: no: ${verdict#suspect }" >&2 ;;
	no*) echo "kcxx: probe $name: no: ${verdict#no }" ;;
	*) echo "kcxx: probe $name: yes" ;;
	esac
done
