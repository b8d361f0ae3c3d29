#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: link-module.sh <facts.sh> <module.ko> <signing.sh> <prebuilt> <object>… -- [<other module.ko>…] -- [<flag>…]
#
# Links objects to a module as Kbuild does, by Kbuild's own makefiles:
# Makefile.modpost and Makefile.modfinal run for .<module>.kmod/ beside the .ko,
# with the top Makefile's variables from facts.sh. Leaves <module>.symvers for the
# modules that use this one's symbols. signing.sh has the key to sign it with, or none;
# prebuilt lists the objects that come as they are, a path a line.

set -e

facts=$1
target=$2
signing=$3
prebuilt=$4
shift 4

# No path here has a space in it: add_kernel_module() refuses those.
objects=
while [ "$1" != -- ]; do
	objects="$objects $1"
	shift
done
shift
libraries=
while [ "$1" != -- ]; do
	libraries="$libraries $1"
	shift
done
shift

. "$facts"
. "$signing"
if [ -n "$KCXX_SIGNING_KEY" ]; then
	rm -f "$target" # it may be unsigned
fi

name=${target##*/}
name=${name%.ko}
output=$(cd "${target%"$name.ko"}." && pwd -P)
work=$output/.$name.kmod
[ -d "$work" ] || mkdir -p "$work"

# write_if_changed <file> <text>: for make, which runs again what reads a newer file
write_if_changed() {
	written=
	[ ! -e "$1" ] || while IFS= read -r line; do
		written="${written:+$written$newline}$line"
	done < "$1"
	[ "$written" = "$2" ] || printf '%s\n' "$2" > "$1"
}
newline='
'

# refuse <problem> <found> <needed> <type>: ModuleLibraries.cmake prints the same text for errors that are known when
# CMake configures
refuse() {
	echo "*** kcxx: the module $name $1" >&2
	echo "***   found:  $2" >&2
	echo "***   needed: $3" >&2
	echo "***   type:   $4" >&2
	exit 1
}

refuse_library() { # <found> <type>
	refuse 'is linked with what is no kernel module' "$1" \
		'targets of add_kernel_module(); the kernel has no libraries of user space' "$2"
}

# symbols_of <module.ko>: prints the file with the CRCs of its exports
symbols_of() {
	for file in "${1%.ko}.symvers" "$(dirname "$1")/Module.symvers"; do
		if [ -e "$file" ]; then
			realpath "$file"
			return
		fi
	done
	refuse 'is linked with a module whose exports are not known' "$1" \
		"${1%.ko}.symvers or Module.symvers beside it, which the build of that module leaves" \
		"target_link_libraries($name PRIVATE <path of that Module.symvers>), or add_kernel_module() for its sources"
}

symbols=
archives=
for library in $libraries; do
	[ ! -e "$library.members" ] || {
		archives="$archives $library"
		continue
	}
	case "$library" in
	*.ko) symbols="$symbols $(symbols_of "$library")" || exit 1 ;;
	*.symvers) symbols="$symbols $(realpath -e "$library")" || exit 1 ;;
	-L*) ;;
	*) refuse_library "$library" "target_link_libraries($name PRIVATE <module>), without ${library#-l}" ;;
	esac
done
if [ $# -gt 0 ]; then
	refuse 'has flags for the linker' "$*" 'none: Kbuild links modules, with flags of its own' \
		"target_link_options($name …), LINK_FLAGS, and INTERFACE_LINK_OPTIONS of its libraries, without $*"
fi

# A module may have hundreds of objects: what follows starts no process for each.

# Sets @source to the source of an object; to nothing if compile-object.sh did not make it
read_source() { # <object>
	source=
	[ ! -e "$1.source" ] || read -r source < "$1.source"
}

# refuse_object <object> <found>
refuse_object() {
	case "$1" in
	*CMakeFiles/*.dir/*)
		target=${1%%.dir/*}
		target=${target##*/}
		refuse_library "$2, of the target $target" \
			"target_sources($name PRIVATE <the sources of $target>), without the target $target: the kernel's flags compile them"
		;;
	*)
		refuse_library "$2" "target_sources($name PRIVATE <the source of that object>); where there is only the object: add_kernel_module($name … PREBUILT ${1##*/})"
		;;
	esac
}

# Refuses objects that compile-object.sh did not make and check, and those that are others by now: it leaves a checksum.
check_objects() { # <object>…
	for object in "$@"; do
		[ -e "$object.source" ] || refuse_object "$object" "$object"
	done
	changed=$(cksum "$@" | while read -r sum size each; do
		left=
		{ read -r _ && read -r left; } < "$each.source" || :
		[ "$left" = "$sum $size" ] || {
			echo "$each"
			break
		}
	done)
	[ -n "$changed" ] || return 0
	read_source "$changed"
	refuse_object "$changed" "another object than the one that was made of $source: $changed"
}

# CMake puts objects that come as they
# are and those of OBJECT libraries before the others; here they come last, as in a DKMS tree.
compiled=
own=
of_libraries=
as_they_are=
has_prebuilt=
while read -r line || [ -n "$line" ]; do
	[ -z "$line" ] || has_prebuilt=y
done < "$prebuilt"
for object in $objects; do
	if [ -n "$has_prebuilt" ] && grep -qxF "$(realpath "$object")" "$prebuilt"; then
		echo "kcxx: $name.ko has an object that comes as it is, of which no flag is known: $object"
		as_they_are="$as_they_are $object"
		continue
	fi
	compiled="$compiled $object"
	case "/$object" in
	*"/CMakeFiles/$name.dir/"*) own="$own $object" ;;
	*) of_libraries="$of_libraries $object" ;;
	esac
done

objects=$own$as_they_are$of_libraries

# The objects of STATIC libraries of add_kernel_library(), of which the module gets those that it calls. A DKMS tree
# has the libraries in the same order.
# shellcheck disable=SC2086 # a list of words
[ -z "$archives" ] || archives=$(printf '%s\n' $archives | awk '!seen[$0]++')
members=$(for archive in $archives; do cat "$archive.members"; done)
for archive in $archives; do
	sed -n '1 s|.*/CMakeFiles/\([^/]*\)\.dir/.*|\1|p' "$archive.members"
done > "$work/archives"
# shellcheck disable=SC2086 # a list of words
[ -z "$compiled$members" ] || check_objects $compiled $members

# --- <module>.o -------------------------------------------------------------

# Writes the .cmd file of an object as far as modpost reads it: the CRCs of exports, and
# the sources that srcversion is made of, those in the source's directory. Prints the
# name under which modpost knows the object.
describe() { # <object> <directory for it>
	if [ -e "$1.source" ]; then
		describe_compiled "$1" "$2"
	else
		describe_prebuilt "$1" "$2"
	fi
}

# Kbuild left the CRCs in its own .cmd file. modpost finds them at the start of a line, except the first line.
describe_prebuilt() {
	stem=$(basename "${1%.o*}")
	{
		echo
		sed -n '/^#SYMVER /p' "$(dirname "$1")/.$stem.o.cmd" 2>/dev/null || :
	} > "$2/.$stem.o.cmd"
	echo "$2/$stem.o"
}

# Sets @path to an absolute path, and keeps its links: the compiler names headers by the path of the source.
set_path() {
	case "$1" in
	/*) path=$1 ;;
	*) path=$PWD/$1 ;;
	esac
}

# Prints the headers of objects that are in their sources' directories, in the order of their inclusion, which srcversion
# depends on: the object, a tab, the header.
own_headers() { # <object>…
	printf '%s\n' "$@" | LC_ALL=C awk '
		{
			source = ""
			getline source < ($0 ".source")
			close($0 ".source")
			folder = source
			sub(/[^\/]*$/, "", folder)
			split("", seen)
			while ((getline line < ($0 ".deps")) > 0) {
				n = split(line, word)
				for (i = 1; i <= n; i++)
					if (index(word[i], folder) == 1 && word[i] != source && substr(word[i], length(folder) + 1) !~ /\// && !seen[word[i]]++)
						print $0 "\t" word[i]
			}
			close($0 ".deps")
		}'
}

describe_compiled() {
	read_source "$1"
	stem=${source##*/}
	stem=${stem%.*}
	{
		set_path "$source"
		echo "source_$2/$stem.o := $path"
		echo
		echo "deps_$2/$stem.o := \\"
		while IFS="$tab" read -r included_by header; do
			[ "$included_by" = "$1" ] || continue
			set_path "$header"
			ln -sf "$path" "$2/"
			echo "  $2/${header##*/} \\"
		done < "$work/own-headers"
		echo
		[ ! -s "$1.exports" ] || cat "$1.exports"
	} > "$2/.$stem.o.cmd"
	echo "$2/$stem.o"
}

tab=$(printf '\t')
# Since Linux 6.13 modpost takes no header for the module's: it looks for ./name, but fixdep wrote name.
: > "$work/own-headers"
# shellcheck disable=SC2086 # a list of words
[ "$KCXX_CURDIR" = "$KCXX_MODULE_DIR" ] || own_headers $objects > "$work/own-headers"
count=0
missing=
for object in $objects $members; do
	count=$((count + 1))
	[ -d "$work/$count" ] || missing="$missing $work/$count"
done
# shellcheck disable=SC2086 # a list of words
[ -z "$missing" ] || mkdir -p $missing
count=0
described=$(
	for object in $objects; do
		count=$((count + 1))
		describe "$object" "$work/$count"
	done
	# Only the link shows which members of an archive a module has: no sources for srcversion, as in Kbuild
	for object in $members; do
		count=$((count + 1))
		{
			echo
			[ ! -s "$object.exports" ] || cat "$object.exports"
		} > "$work/$count/.member.o.cmd"
		echo "$work/$count/member.o"
	done
)
write_if_changed "$work/$name.mod" "$described"

archive=
if [ -n "$members" ]; then
	archive=$work/static.a
	rm -f "$archive"
	# shellcheck disable=SC2086 # a list of words
	$AR cDPrsT "$archive" $members
fi

# Is the object one of a C++ source?
is_cxx() { # <object>
	read_source "$1"
	case "$source" in *.cc | *.cpp | *.cxx) ;; *) return 1 ;; esac
}

# Has the module C++? Without it, the module is as Kbuild makes it, without parts of kcxx.
has_cxx() {
	for object in $compiled $members; do
		! is_cxx "$object" || return 0
	done
	return 1
}

# Is the module one object with the module's name? Kbuild does not link such an object, unless it is bitcode.
is_single_object() {
	case " $KCXX_C_FLAGS" in *" -flto"*) return 1 ;; esac
	# shellcheck disable=SC2086 # a list of words
	set -- $objects $archive
	[ $# -eq 1 ] || return
	read_source "$1"
	stem=${source##*/}
	[ "${stem%.*}" = "$name" ]
}

# Is all of the module C++, without the C functions that bindings may need? Then its BTF is that of modpost's C alone.
is_all_cxx() {
	[ -z "$as_they_are" ] || return 1
	for object in $compiled $members; do
		is_cxx "$object" && [ ! -e "$object.has-c" ] || return 1
	done
}

# shellcheck disable=SC2086 # commands and lists of words
link_with_runtime() {
	weakly=$(NM=$NM sh "$KCXX_KBUILD/check-module.sh" "$name" $objects $members)
	$LD $KCXX_LD_FLAGS $weakly -r -o "$work/$name.o" $objects $archive "$KCXX_MODULE_DIR/.kcxx/libkcxx.a"
}

# shellcheck disable=SC2086 # commands and lists of words
{
	if has_cxx; then
		link_with_runtime
	elif is_single_object; then
		cp $objects "$work/$name.o"
	else
		$LD $KCXX_C_LD_FLAGS -r -o "$work/$name.o" $objects $archive
	fi
	if [ -n "$KCXX_OBJTOOL_DELAYED" ]; then
		$KCXX_OBJTOOL "$work/$name.o"
	fi
}

"$OBJDUMP" -t "$work/$name.o" | sed -n 's/^[0-9a-f]\{8,\} .* //p' > "$work/names"

# --- <module>.ko ------------------------------------------------------------

# modules.order names objects since Linux 6.3, and .ko files before. It is written each
# time, because only its newer time makes modpost run again.
lines=$(grep -h -e '%\.o=%\.ko' -e '^MODPOST = ' "$KCXX_SRCTREE/scripts/Makefile.modfinal" "$KCXX_SRCTREE/scripts/Makefile.modpost") || :
case "$lines" in
*%.o=%.ko*) echo "$work/$name.o" ;;
*) echo "$work/$name.ko" ;;
esac > "$work/modules.order"
write_if_changed "$work/Kbuild" "KBUILD_EXTRA_SYMBOLS :=$symbols"

export KBUILD_EXTMOD="$work" M="$work" obj="$work" extmod_prefix="$work/"
export MODORDER="$work/modules.order" MODULES_NSDEPS="$work/modules.nsdeps"
pahole=$PAHOLE
PAHOLE="sh $KCXX_KBUILD/pahole.sh $pahole"
if [ "$pahole" = "${pahole#* }" ] && is_all_cxx; then
	PAHOLE="sh ${0%/*}/keep-btf.sh $work $KCXX_KBUILD/pahole.sh $pahole"
fi
export PAHOLE
unset MAKEFLAGS MAKELEVEL MFLAGS MO

# Makefile.modpost depends on the file of modpost, so modpost.sh has a file that it can run.
modpost=
# shellcheck disable=SC2016 # make's variable
case "$lines" in
*'MODPOST = scripts/mod/modpost' | *'MODPOST = $(objtree)/scripts/mod/modpost')
	modpost=$work/modpost
	write_if_changed "$modpost" "#!/bin/sh
exec sh ${0%/*}/modpost.sh $KCXX_OBJTREE/scripts/mod/modpost $work/names \"\$@\""
	[ -x "$modpost" ] || chmod +x "$modpost"
	;;
esac

# Since Linux 6.13 make works in the module's directory, before in the kernel's.
directory=$KCXX_CURDIR
if [ "$KCXX_CURDIR" = "$KCXX_MODULE_DIR" ]; then
	directory=$work
	export extmod_prefix=
fi

# exporter_of <symbol>: prints which other module of the project exports it
exporter_of() {
	awk -F '\t' -v name="$name" '$1 != name' "$KCXX_MODULE_DIR/siblings" 2>/dev/null |
		while IFS="$(printf '\t')" read -r module source; do
			if grep -q "EXPORT_SYMBOL[A-Z_]*[[:space:]]*([[:space:]]*$1[^A-Za-z0-9_]" "$source"; then
				echo "$module"
				break
			fi
		done
}

# explain_undefined <what modpost printed>: for symbols that other modules of the project export, prints the line to write
explain_undefined() {
	found=
	modules=
	symbols=$(sed -n 's/.*modpost: "\([^"]*\)" .* undefined!$/\1/p' "$1" | sort -u)
	for symbol in $symbols; do
		module=$(exporter_of "$symbol")
		[ -n "$module" ] || continue
		found="$found${found:+, }$symbol of $module"
		case " $modules " in *" $module "*) ;; *) modules="$modules${modules:+ }$module" ;; esac
	done
	[ -z "$found" ] || refuse 'uses symbols of modules that it is not linked with' "$found" \
		'the modules named: then their symbols are known, and they are loaded first' \
		"target_link_libraries($name PRIVATE $modules), or cmake -D KCXX_LINK_SIBLINGS=ON for all modules"
}

# Makefile.modfinal compiles scripts/module-common.c (Linux 6.12) in each directory, and each module has its own: one object
# is enough for all modules. make takes it if it would run the same command. Since Linux 6.13 the object's debug
# information names the directory, so each module keeps its own.
common=$KCXX_MODULE_DIR/.kcxx/module-common
take_common() {
	[ -d "$common" ] && [ ! -e "$work/.module-common.o" ] || return 0
	cp "$common/object" "$work/.module-common.o"
	sed "s|@DIRECTORY@|$work|g" "$common/command" > "$work/..module-common.o.cmd"
}
keep_common() {
	[ -e "$work/.module-common.o" ] && [ ! -d "$common" ] && [ "$directory" != "$work" ] || return 0
	mkdir -p "$common.$$"
	cp "$work/.module-common.o" "$common.$$/object"
	sed "s|$work|@DIRECTORY@|g" "$work/..module-common.o.cmd" > "$common.$$/command"
	mv -T "$common.$$" "$common" 2> /dev/null || rm -rf "$common.$$" # another link was first
}

take_common
case "$KCXX_CC_VERSION" in
*clang*) ;;
*) export CC="sh ${0%/*}/compile-mod-c.sh $KCXX_MODULE_DIR/.kcxx/include $CC" ;;
esac
for stage in modpost modfinal; do
	status=0
	"$KCXX_MAKE" -s -rR -C "$directory" --no-print-directory \
		"--include-dir=$KCXX_SRCTREE" -f "$KCXX_SRCTREE/scripts/Makefile.$stage" \
		${modpost:+"MODPOST=$modpost"} 2> "$work/$stage.errors" || status=$?
	[ ! -s "$work/$stage.errors" ] || cat "$work/$stage.errors" >&2
	if [ "$status" -ne 0 ]; then
		explain_undefined "$work/$stage.errors"
		exit "$status"
	fi
done

keep_common
cp "$work/Module.symvers" "$output/$name.symvers"
made=$work/$name.ko
if [ -n "$KCXX_SIGNING_KEY" ]; then
	sh "${0%/*}/sign-module.sh" "$KCXX_OBJTREE" "$KCXX_SIGNING_KEY" "$KCXX_SIGNING_CERTIFICATE" \
		"$made" "$work/$name.signed.ko"
	rm "$made" # so that modfinal makes it again
	made=$work/$name.signed.ko
fi
mv "$made" "$target"
