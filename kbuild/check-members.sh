#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: check-members.sh <directory of objects> <directory of sources> <member>…
#
# Records in .kcxx/checked which members have passed.
#
# Refuses members of modules that Kbuild did not compile, because their flags are unknown. foo.o_shipped, Kbuild's
# name for an object that comes as it is, is allowed. Kbuild's own rule compiles objects of C, so check-flags.sh and
# check-object.sh run on them here, as the rule for C++ runs them on objects of C++.

objects=$1
sources=$2
shift 2
flags_file=$objects/.kcxx/flags.sh
record=$objects/.kcxx/checked
here=${0%/*}
. "$flags_file"
export OBJDUMP="$KCXX_OBJDUMP"
newline='
'

# refuse <object> <found> [<fix>]
refuse() {
	cat >&2 <<-END
	$1: error: kcxx: a member of a module that Kbuild did not compile
	  found: $2
	  why:   it has the flags of whoever made it: the kernel's calling convention and mitigations may be missing
	  fix:   ${3-give Kbuild its source, ${1%.*}.c or .cc; or, where there is only the object, mv $1 ${1}_shipped}
	END
	exit 1
}

# The command that made an object, in words of a shell, without what Kbuild does to the object afterwards
command_of() { # <.cmd file>
	# shellcheck disable=SC2016 # make's variable
	sed -n '1 { s/^[^=]*:= //; s/ ; .*//; s/$(pound)/#/g; s/\$\$/$/g; p; }' "$1"
}

# check_c <object> <.cmd file> <source>
check_c() {
	command=$(command_of "$2")
	eval "set -- \"\$@\" $command"
	object=$1
	source=$3
	shift 3
	sh "$here/check-flags.sh" "$flags_file" C "$object" "$source" "$@" &&
		KCXX_LANGUAGE=C sh "$here/check-object.sh" "$object" "$source" "$@"
}

# Is it a copy of foo.o_shipped?
is_shipped() { # <object>
	cmp -s "$1" "$sources${1#"$objects"}_shipped"
}

# cmd_of <object>: sets cmd, its .cmd file
cmd_of() {
	cmd=${1%"${1##*/}"}.${1##*/}.cmd
}

# check <object>
check() {
	source=$(sed -n 's/^source_.* := //p' "$cmd" 2>/dev/null)
	case "$source" in
	*.c) check_c "$1" "$cmd" "$source" || exit 1 ;;
	*.cc | *.cpp | *.cxx)
		grep -qxF "#KCXX $(cksum < "$1")" "$cmd" || refuse "$1" "another object than the one that was made of $source"
		;;
	*.S | *.rs) ;; # Kbuild's rules, with flags of their own
	*) is_shipped "$1" || refuse "$1" 'an object that no rule of Kbuild compiled of a source' ;;
	esac
}

files=
for object in "$@"; do
	case "$object" in
	*.o) ;;
	*)
		refuse "$object" 'an archive, of which nothing is known' \
			"name the sources of its objects, or its objects (ar x ${object##*/}), each as <name>.o_shipped"
		;;
	esac
	cmd_of "$object"
	[ -e "$cmd" ] || is_shipped "$object" || refuse "$object" 'an object without a .cmd file, which each rule of Kbuild writes'
	files="$files $object"
	[ ! -e "$cmd" ] || files="$files $cmd"
done

# shellcheck disable=SC2086 # Kbuild's paths have no blanks
sums=$(cksum "$flags_file" $files)
changed=$(printf '%s\n' "$sums" | { grep -vxF -f "$record" 2>/dev/null || [ -e "$record" ] || cat; })
case "$changed$newline" in
*" $flags_file$newline"*) changed=$sums ;;
esac
for object in "$@"; do
	cmd_of "$object"
	case "$changed$newline" in *" $object$newline"* | *" $cmd$newline"*) check "$object" ;; esac
done
printf '%s\n' "$sums" > "$record"
