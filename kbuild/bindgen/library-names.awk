# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads the headers of C++ that a source includes (a name a line: kernel/slab.hpp). Writes what the library declares
# in those and in what they include, under names that the kernel's C may have as well:
#
#	N <name>   in namespace kernel: a constant or a function
#	T <tag>    a struct of C that the library writes out itself
#	E <tag> : <type>   an enum of C that the library declares, with its type
#
# -v headers=<the library's include directory>

{ read($0) }

# A header may be named by its former name, whose file includes it.
function read(header,    path, text, name) {
	path = headers "/" header
	if ((getline text < path) < 0) path = headers "/former/" header
	close(path)
	if (path in seen || header !~ /^kernel\//) return
	seen[path] = 1
	while ((getline text < path) > 0) {
		if (text ~ /^#include <kernel\//) {
			gsub(/^[^<]*<|>.*$/, "", text)
			wanted[++count] = text
		} else if (text ~ /^inline constexpr [A-Za-z:_ ]+ [A-Za-z_0-9]+[ {=]/) {
			sub(/[ \t]*[{=].*/, "", text)
			sub(/^.* /, "", text)
			print "N " text
		} else if (text ~ /^(\[\[nodiscard\]\] )?inline [A-Za-z:_ ]+[ *][a-z_0-9]+\(/) {
			sub(/\(.*/, "", text)
			sub(/^.*[ *]/, "", text)
			print "N " text
		} else if (text ~ /^struct [a-z_0-9]+ \{/) {
			split(text, word, " ")
			print "T " word[2]
		} else if (text ~ /^enum [a-z_0-9]+ : [a-z ]+;/) {
			sub(/^enum /, "", text)
			sub(/;.*/, "", text)
			print "E " text
		}
	}
	close(path)
}

END { for (done = 1; done <= count; done++) read(wanted[done]) }
