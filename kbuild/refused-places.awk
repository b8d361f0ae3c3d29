# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: awk -v source=<source> -v own=<directory of kcxx's headers> -f refused-places.awk \
#		<output of unwanted-symbols.awk> <what Clang warns of, and objdump -d -r -l --inlines>
#
# Prints where an object contains what check-object.sh refuses, a line each, tabs between:
# <construct> <file>:<line> <what was found>; without the line, if it is unknown.

function is_library(file) {
	return index(file, own "/") == 1 || file ~ /\/c\+\+\/[0-9]/
}

# Returns the place to report, of the frames that were inlined into each other: frame 1 is the
# innermost. For a variable it is the outermost, not its constructor; for a delete-expression it
# is not the destructor.
function place(construct,    i, best) {
	for (i = 1; i <= frames; i++)
		if (frame_line[i] > 0 && !(i > 1 && frame_function[i] ~ /^_GLOBAL__/))
			if (!best || construct == "constructor" || is_library(frame_file[best]) ||
			    (construct == "delete" && frame_function[best] ~ /~|D[0-2]Ev/))
				best = i
	if (!best)
		return ""
	file = frame_file[best]
	line = frame_line[best] + 0
	if (("/" source) ~ ("/" literal(file) "$"))
		file = source
	return file ":" line
}

function literal(text) {
	gsub(/[][\\.^$*+?(){}|]/, "\\\\&", text)
	return text
}

# Returns the variables that are named in that line. A mangled name ends in its identifier, after the
# length of the identifier.
function named_there(construct,    n, i, j, text, words, last, names) {
	for (i = 0; i < line && (getline text < file) > 0; i++)
		;
	close(file)
	n = i < line ? 0 : split(text, words, /[^A-Za-z0-9_]+/)
	for (i = 1; i <= symbols[construct]; i++)
		for (j = 1; j <= n; j++) {
			last = length(words[j]) words[j] "(E|_[0-9]+_?|B[0-9]+[a-z0-9]+)*$"
			if (words[j] != "" && (symbol[construct, i] == words[j] || symbol[construct, i] ~ last)) {
				names = names (names ? ", " : "") symbol[construct, i]
				break
			}
		}
	return names ? names : all_of(construct)
}

function all_of(construct,    i, names) {
	for (i = 1; i <= symbols[construct]; i++)
		names = names (i > 1 ? ", " : "") symbol[construct, i]
	return names
}

function refuse(construct, found,    at) {
	at = place(construct)
	if (at == "" || (construct, at) in refused)
		return
	refused[construct, at]
	placed[construct]
	print construct "\t" at "\t" (found ? found : named_there(construct))
}

FNR == NR {
	construct = $1
	sub(/^[^ ]+ /, "")
	construct_of[$0] = construct
	symbol[construct, ++symbols[construct]] = $0
	next
}

{
	sub(/^; /, "") # llvm-objdump's
}

# 0000000000000010 <_Z4makev>:
/^[0-9a-f]+ <.*>:$/ {
	if ($2 !~ /^<\.L/) {
		current = substr($2, 2, length($2) - 3)
		of_variables = current ~ /^_GLOBAL__|^_?_?cxx_global|static_initialization_and_destruction/
		begins = construct_of[current] == "constructor"
	}
	next
}

# _Z4makev():
/^[^ \t].*\(\):$/ {
	function_here = substr($0, 1, length($0) - 3)
	frames = 0
	next
}

# inlined by /path/pump.cc:9 (make)
/^inlined by .*:[0-9]+ / && match($0, /:[0-9]+ /) {
	if (after_instruction)
		frames = 1
	after_instruction = 0
	frames++
	frame_file[frames] = substr($0, 12, RSTART - 12)
	frame_line[frames] = substr($0, RSTART + 1, RLENGTH - 2)
	frame_function[frames] = substr($0, RSTART + RLENGTH + 1)
	next
}

# /path/pump.cc:8 (discriminator 1)
/^[^ \t].*:[0-9]+( \(discriminator [0-9]+\))?$/ {
	sub(/ \(discriminator .*/, "")
	match($0, /:[0-9]+$/)
	frames = 1
	after_instruction = 0
	frame_file[1] = substr($0, 1, RSTART - 1)
	frame_line[1] = substr($0, RSTART + 1)
	frame_function[1] = function_here
	next
}

# /path/pump.cc:4:6: warning: declaration requires a global constructor [-Wglobal-constructors]
/^[^ \t].*:[0-9]+:[0-9]+: .*-Wglobal-constructors\]$/ && match($0, /:[0-9]+:/) {
	frames = 1
	frame_file[1] = substr($0, 1, RSTART - 1)
	frame_line[1] = substr($0, RSTART + 1, RLENGTH - 2)
	refuse("constructor")
	named_by_clang = 1
	next
}

# 1af: R_X86_64_PLT32	_Znwm-0x4
/^[ \t]+[0-9a-f]+:[ \t]+R_/ {
	value = $3
	sub(/[-+]0x[0-9a-f]+$/, "", value)
	if (of_variables && value == "__cxa_guard_acquire")
		placed["guard"] # of an inline variable
	if (of_variables && !named_by_clang && value !~ /^(__fentry__|_?mcount|__x86_return_thunk|__stack_chk_)|cxx_global_var|static_init/)
		refuse("constructor")
	else if (value == "__cxa_guard_acquire" && !of_variables)
		refuse("guard")
	else if (value in construct_of && construct_of[value] !~ /^(constructor|guard)$/ &&
		 !(construct_of[value] == "delete" && current ~ /D0Ev/))
		refuse(construct_of[value], value " in " current)
	next
}

# 1af:	call   1b3 <_Z4makev+0x13>
/^[ \t]+[0-9a-f]+:/ {
	after_instruction = 1
	code = construct_of_instruction($0)
	if (code != "" && code in symbols && is_of(code, current)) {
		sub(/^[ \t]*[0-9a-f]+:[ \t]*/, "")
		gsub(/[ \t]+/, " ")
		refuse(code, $0 " in " current)
	}
	if (begins)
		refuse("constructor", current)
	begins = 0
}

# Is that a symbol of the construct?
function is_of(construct, name,    i) {
	for (i = 1; i <= symbols[construct]; i++)
		if (symbol[construct, i] == name)
			return 1
	return 0
}

END {
	for (construct in symbols)
		if (!(construct in placed))
			print construct "\t" source "\t" all_of(construct)
}
