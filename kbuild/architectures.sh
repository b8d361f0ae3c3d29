# shellcheck shell=sh disable=SC2154,SC2034 # here: set by those that source it; the arch_… are for them
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Sourced, with $here: reads architectures.tsv. Starts no process.

architectures=
while read -r row; do
	case "$row" in '#'* | '') ;; *) architectures="$architectures$row
" ;; esac
done < "$here/architectures.tsv"
architecture_columns=$(printf '\t')

# each_architecture <command> [<argument>…]: runs the command for each row, with the columns in arch_<column>, until it
# returns 0. Status 1 if it never does.
each_architecture() {
	while IFS=$architecture_columns read -r arch_name arch_config arch_make arch_srcarch arch_machine arch_debian arch_elf \
		arch_targets arch_image; do
		if [ -n "$arch_name" ] && "$@"; then
			return 0
		fi
	done <<END
$architectures
END
	return 1
}

# architecture_with <column> <value>: sets arch_<column> to those of the row with this value; status 1 if none has it
architecture_with() {
	each_architecture architecture_has "$1" "$2"
}

architecture_has() {
	eval "[ \"\$arch_$1\" = \"\$2\" ]"
}

# architecture_names: prints the names for people: x86_64, arm64 or riscv64
architecture_names() {
	names=
	each_architecture architecture_add_name
	echo "${names%,*} or${names##*,}"
}

architecture_add_name() {
	names=$names${names:+, }$arch_name
	return 1
}
