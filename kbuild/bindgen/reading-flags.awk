# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads reading-flags.txt, then a compiler's command, a word a line. Writes the words that decide how a source is read, as
# one line for a shell: what cmake/ObjectFlags.cmake gives to compile_commands.json. -v quoted=y: the words are
# a shell's already.

FILENAME == ARGV[1] { if (/^\^/) pattern[++patterns] = $0; next }

{
	if (previous !~ /^(-mllvm|-Xclang|--param|-include|-isystem)$/) omitted = is_object_flag($0)
	previous = $0
	if (/^-Wp,-M/) next
	# Clang's own headers are for its own version: another clangd has to take those beside itself.
	if ($0 == "-nostdinc") { nostdinc = ++count; word[count] = $0; next }
	if ($0 == "-isystem") { held = 1; next }
	if (held) {
		held = 0
		if (/\/lib\/clang\/[0-9.]+\/include$/) { if (nostdinc) word[nostdinc] = "-nostdlibinc"; next }
		if (!omitted) word[++count] = "-isystem"
	}
	if (!omitted) word[++count] = $0
}

END {
	for (i = 1; i <= count; i++) line = line (i == 1 ? "" : " ") (quoted ? word[i] : quote(word[i]))
	print line
}

# clangd is another compiler: it does not know -f and -m for the object, and -Werror is of other warnings.
function is_object_flag(s,    i) {
	if (s !~ /^-[fm]|^-pg$|^--param|^-Werror$/) return 0
	for (i = 1; i <= patterns; i++) if (s ~ pattern[i]) return 0
	return 1
}

function quote(s,    done, i) {
	if (s ~ /^[A-Za-z0-9_@%+=:,.\/-]+$/) return s
	done = ""
	while (i = index(s, "'")) {
		done = done substr(s, 1, i - 1) "'\\''"
		s = substr(s, i + 1)
	}
	return "'" done s "'"
}
