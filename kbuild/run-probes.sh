#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: run-probes.sh <flags.sh> <probes file> <directory> [<directory of another call>]
#
# Answers the probes of a file for the kernel and the compiler of flags.sh, which Makefile.cxxfacts makes. Leaves in
# the directory:
#   include/generated/kcxx-probes.h     #define NAME 1, or a comment with the reason
#   include/generated/kcxx-probes.log   what the compiler printed
#   probes.mk                           NAME := y, for Kbuild files
#   probes/headers                      what the probes read, a path a line
#
# Only what is new runs: the answers are kept, in the other directory if one is named, as long as the kernel, its
# headers, the compiler and the flags stay what they are. Prints each answer that is new.
#
# Status: 0; 1 if the file is wrong or the compiler does not work; 2 for a wrong call.

here=$(cd "$(dirname "$0")" && pwd)
. "$here/usage.sh"
. "$here/compiler-command.sh"

help_wanted "$@"
[ $# -eq 3 ] || [ $# -eq 4 ] || wrong_call 'three or four arguments, please'
flags=$1
probes=$2
header=$3/include/generated/kcxx-probes.h
log=${header%.h}.log
results=$3/probes.mk
asked=$3/probes.asked
mkdir -p "${4-$3}/probes/now" "${header%/*}" || exit 1
work=$(cd "${4-$3}/probes" && pwd)
next=$work/next
. "$flags"

# Prints everything that an answer depends on, except the probes
# shellcheck disable=SC2154 # program: set by split_command
key() {
	printf '%s\n' "$KCXX_RELEASE" "$KCXX_CC" "$KCXX_C_FLAGS" "$KCXX_CURDIR" "$identity"
	split_command "$KCXX_CC"
	ls -lL "$(command -v "$program")"
	cksum "$KCXX_OBJTREE/include/config/auto.conf" "$KCXX_OBJTREE/include/generated/autoconf.h" \
		"$KCXX_OBJTREE/include/generated/utsrelease.h" "$KCXX_OBJTREE/Module.symvers" \
		"$here/run-probes.sh" "$here/run-probe.sh" "$here/probe-sources.awk" 2>/dev/null
}

refuse() { # <problem> <found> <needed> <fix>
	printf '*** kcxx: %s\n***   found:  %s\n***   needed: %s\n***   fix:    %s\n' "$1" "$2" "$3" "$4" >&2
	rm -f "$work/key"
	exit 1
}

# Has a header that the probes read changed, or is it gone?
headers_changed() {
	[ -e "$work/headers" ] || return 0
	# shellcheck disable=SC2016 # for the inner shell
	xargs sh -c 'find -L "$@" -newer "$0"' "$work/since" < "$work/headers" 2>&1 | grep -q .
}

# Takes the answer of the last run, if the probe asks the same
keep_answer() { # <NAME>
	for part in c ask; do
		cmp -s "$work/now/$1.$part" "$next/$1.$part" || return 1
	done
	for part in log headers verdict; do
		[ ! -e "$work/now/$1.$part" ] || cp "$work/now/$1.$part" "$next" || return 1
	done
	[ -e "$next/$1.verdict" ]
}

write_log() {
	while read -r name; do
		printf '== %s: %s\n' "$name" "$(cat "$next/$name.verdict" 2>/dev/null || echo no answer)"
		cat "$next/$name.c" "$next/$name.log"
	done < "$next/names" > "$log.$$"
	mv "$log.$$" "$log"
}

run() { # names on standard input
	jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)
	xargs -n 1 -P "$jobs" sh "$here/run-probe.sh" "$flags" "$next" "${identity%%|*}"
}

# Without this check, a compiler that does not work would answer no to every probe.
refuse_compiler_that_fails() {
	printf '#include <linux/module.h>\nint kcxx_probe(void);\nint kcxx_probe(void)\n{\n\treturn 0;\n}\n' > "$next/kcxx_empty.c"
	: > "$next/kcxx_empty.ask"
	echo kcxx_empty | run > /dev/null 2>&1
	if [ "$(cat "$next/kcxx_empty.verdict" 2>/dev/null)" != yes ]; then
		cp "$next/kcxx_empty.log" "$log"
		refuse 'probes cannot be answered: an empty module does not compile' \
			"$(sed 's/^[a-z]* //' "$next/kcxx_empty.verdict" 2>/dev/null || tail -n 1 "$next/kcxx_empty.log")" \
			"a C compiler and a kernel directory that compile <linux/module.h>: $KCXX_CC, $KCXX_OBJTREE" \
			"see $log"
	fi
}

refuse_failures() {
	while read -r name; do
		[ -e "$next/$name.verdict" ] || refuse "the compiler failed on the probe $name, and gave no answer" \
			"$(tail -n 1 "$next/$name.failure" 2>/dev/null)" "a compiler that compiles it, or names an error in its source" "see $log"
	done < "$next/names"
}

# Prints the reason, fit for a comment in C
reason_of() { # <NAME>
	sed -e 's/^[a-z]* //' -e 's|\*/|* /|g' -e 's|/\*|/ *|g' "$work/now/$1.verdict"
}

write_header() {
	printf '/* Made by kcxx: probes of this kernel; what the compiler printed is in kcxx-probes.log */\n'
	printf '#ifndef KCXX_PROBES_H\n#define KCXX_PROBES_H\n'
	while read -r name; do
		read -r verdict _ < "$work/now/$name.verdict"
		if [ "$verdict" = yes ]; then
			echo "#define $name 1"
		else
			echo "/* $name is not defined: $(reason_of "$name") */"
		fi
	done < "$work/now/names"
	printf '#endif\n'
}

# Prints the answers of the header as variables of make
write_results() {
	echo '# Made by kcxx: the probes of this kernel, y if the answer is yes'
	sed -n -e 's/^#define \([^ ]*\) 1$/\1 := y/p' -e 's|^/\* \([^ ]*\) is not defined: .*|\1 :=|p' "$header"
}

# replace <file>: replaces it by standard input, atomically, if the text differs
replace() {
	cat > "$1.$$"
	if cmp -s "$1.$$" "$1"; then
		rm "$1.$$"
	else
		mv "$1.$$" "$1"
	fi
}

# shellcheck disable=SC2086 # a compiler may be several words
identity=$(sh "$here/compiler-identity.sh" c $KCXX_CC)
new_key=$(key)
if [ "$new_key" != "$(cat "$work/key" 2>/dev/null)" ] || headers_changed; then
	rm -rf "$work/now"
	mkdir "$work/now"
	echo "$(date) $$" > "$work/since"
	printf '%s\n' "$new_key" > "$work/key"
fi
if [ -e "$header" ] && [ -e "$results" ] && cat "$work/since" "$probes" | cmp -s - "$asked"; then
	exit 0
fi
rm -rf "$next"
mkdir "$next"
awk -v "directory=$next" -f "$here/probe-sources.awk" "$probes" > "$next/names" || exit 1
if grep -q . "$next"/*.ask 2>/dev/null && [ ! -e "$KCXX_OBJTREE/Module.symvers" ]; then
	refuse 'it is not known what the kernel exports' "no $KCXX_OBJTREE/Module.symvers" \
		'the file, which the build of the kernel makes' 'make modules in the kernel directory, or install its headers package'
fi
while read -r name; do
	keep_answer "$name" || echo "$name"
done < "$next/names" > "$next/new"
if [ -s "$next/new" ]; then
	refuse_compiler_that_fails
	run < "$next/new"
fi
write_log
refuse_failures
mv "$next"/* "$work/now"
cat "$work/now"/*.headers | sort -u > "$work/headers"
write_header | replace "$header"
write_results | replace "$results"
cat "$work/since" "$probes" > "$asked"
