# shellcheck shell=sh disable=SC2154 # here: set by those that source it
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Sourced, with $here: reads family-options.tsv

# options_bound C|C++|instrumentation: prints the options that tie this to the family of the kernel's compiler
options_bound() {
	LC_ALL=C awk -F '\t' -v bound="$1" '
		/^[^#]/ {
			count = split($2, words, " ")
			for (i = 1; i <= count; i++)
				if (words[i] == bound)
					print $1
		}' "$here/family-options.tsv"
}
