#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: needed-helpers.sh <object>…             CC, OBJDUMP: from the environment
#
# Prints which files of helpers/ define the kcxx_… that these objects call, and those
# that the helpers call of one another: names without .c, sorted, one a line.
#
# The source shows what a file defines, because no helper is compiled yet: a name in
# front of a function's body, or of a variable's value. The preprocessor expands the
# file's own macros, which may make names; headers and conditions are left out.

export LC_ALL=C # the order of names is the order in the archive
helpers=${0%/*}/helpers

# Not by nm, which loads the plugin of every compiler that is installed
symbols=$(${OBJDUMP:-objdump} -t "$@") || exit 1
called=$(printf '%s\n' "$symbols" | sed -n 's/^.*\*UND\*.* \(kcxx_[A-Za-z0-9_]*\)$/\1/p' | tr '\n' ' ')
[ -n "$called" ] || exit 0

# A line "@" precedes each file; no source has an @ at the start of a line
# shellcheck disable=SC2086 # a command and its arguments
definitions=$(
	awk '
		FNR == 1 { print "@" }
		!dropped && /^[ \t]*#[ \t]*(include|if|ifdef|ifndef|elif|else|endif|error|warning|pragma)/ { dropped = 1 }
		!dropped { print }
		!/\\$/ { dropped = 0 }' "$helpers"/*.c |
	${CC:-cc} -E -P -undef -w -xc -
) || exit 1

printf '%s\n' "$definitions" | LC_ALL=C awk -v called="$called" -v files="$(echo "$helpers"/*.c)" '
	BEGIN {
		split(files, path, " ")
	}
	# A declaration has ended
	function over() {
		name = ""
		prototype = 0
		elsewhere = 0
	}
	function define(symbol) {
		if (symbol != "")
			definer[symbol] = file
	}
	function token(word) {
		if (word ~ /^kcxx_/) {
			mentions[file] = mentions[file] " " word
			# The last name in a declaration, except names in an attribute after it
			if (!braces && !parentheses && before !~ /^(struct|union|enum)$/)
				name = word
			else if (!braces && name == "" && !(word in argument))
				argument[word] = file # DEFINE_MUTEX(kcxx_lock);
		} else if (word == "(") {
			if (!braces && !parentheses && name != "" && before == name)
				prototype = 1
			parentheses++
		} else if (word == ")") {
			parentheses--
		} else if (word == "{") {
			if (!braces)
				define(name)
			braces++
		} else if (word == "}") {
			if (!--braces)
				over()
		} else if (word == "=") {
			if (!braces && !parentheses)
				define(name)
		} else if (word == ";") {
			if (!braces && !parentheses) {
				if (!prototype && !elsewhere)
					define(name)
				over()
			}
		} else if (word == "extern") {
			elsewhere = 1
		}
		before = word
	}
	/^[ \t]*@/ {
		file++
		braces = parentheses = 0
		over()
		next
	}
	{
		gsub(/\\./, "")
		gsub(/"[^"]*"/, " ")
		gsub(/\047[^\047]*\047/, " ")
		gsub(/[^A-Za-z0-9_(){};=]+/, " ")
		gsub(/[(){};=]/, " & ")
		count = split($0, words, " ")
		for (i = 1; i <= count; i++)
			token(words[i])
	}
	function need(symbol,    number, names, i, helper) {
		helper = symbol in definer ? definer[symbol] : argument[symbol]
		if (!helper || helper in needed)
			return
		needed[helper] = 1
		number = split(mentions[helper], names, " ")
		for (i = 1; i <= number; i++)
			need(names[i])
	}
	END {
		count = split(called, words, " ")
		for (i = 1; i <= count; i++)
			need(words[i])
		for (i = 1; i in path; i++) {
			if (i in needed) {
				sub(/^.*\//, "", path[i])
				sub(/\.c$/, "", path[i])
				print path[i]
			}
		}
	}'
