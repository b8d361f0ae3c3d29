# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: awk -v source=<source> -v own=<directory of kcxx's headers> -v passed_over="<name> …" -f remedies.awk \
#		remedies.tsv <what the compiler wrote>
#
# Prints, for each row of the table that fits an error, the place in the user's own sources and what to
# write there instead. Reads English output of GCC and Clang, with ' for quotes. Skips unknown names that
# bindgen/undeclared.sh has explained.

function is_library(file) {
	return index(file, own "/") == 1 || file ~ /\/c\+\+\/[0-9]|\/lib\/clang\/|^<built-in>|^<command-line>|^<scratch/
}

# Returns "file:line" at the start of a text; empty if there is none, or if it is in a library
function own_place(text) {
	sub(/^ *from /, "", text)
	sub(/^In file included from /, "", text)
	if (!match(text, /^[^ :][^:]*:[0-9]+/))
		return ""
	text = substr(text, 1, RLENGTH)
	return is_library(text) ? "" : text
}

function quoted(text) {
	return match(text, /'[^']*'/) ? substr(text, RSTART + 1, RLENGTH - 2) : ""
}

# Returns the text of the line at a place
function line_at(place,    file, number, text, i) {
	file = number = place
	sub(/:[0-9]+$/, "", file)
	sub(/^.*:/, "", number)
	for (i = 0; i < number + 0 && (getline text < file) > 0; i++)
		;
	close(file)
	return i < number + 0 ? "" : text
}

function fits(row, kind) {
	if (kind == "error")
		return block ~ row_pattern[row]
	if (kind == "inside")
		return (inside " line: " line_at(place)) ~ row_pattern[row]
	if (kind == "name" && index(" " passed_over " ", " " subject[kind] " "))
		return 0
	return subject[kind] != "" && subject[kind] ~ ("^(" row_pattern[row] ")$")
}

# Finds the subject of the error: subject[kind] is the name that rows of this kind have to match
function find_subjects(    text, name) {
	subject["std"] = subject["kernel"] = subject["name"] = ""
	if (error ~ /No such file or directory|file not found/) {
		text = line_at(place)
		if (match(text, /^[ \t]*#[ \t]*include[ \t]*[<"][^>"]*[>"]/)) {
			name = substr(text, RSTART, RLENGTH - 1)
			sub(/.*[<"]/, "", name)
			subject["std"] = name
		}
	} else if (error ~ /(namespace|member of) '(::)?(std|kernel)'/) {
		name = quoted(error)
		sub(/.*::/, "", name)
		subject[error ~ /'(::)?std'/ ? "std" : "kernel"] = name
	} else if (error ~ /not declared|undeclared|unknown type name|does not name a type|no template named|no arguments to|not been declared/) {
		subject["name"] = quoted(error)
	} else if (error ~ /expected (constructor|initializer|unqualified-id|'[;)]')|type specifier is required|missing type specifier/) {
		# At namespace scope a macro that is unknown is taken for a function or a type.
		text = line_at(place)
		if (match(text, /(module_(init|exit)|module_param[a-z_]*|DEFINE_[A-Z_]+|DECLARE_[A-Z_]+|LIST_HEAD)[ \t]*\(|__(init|exit)[ \t]/)) {
			name = substr(text, RSTART, RLENGTH)
			sub(/[ \t(]+$/, "", name)
			subject["name"] = name
		}
	}
}

# Finds the place that the user can change: that of the error, else one that led to it
function find_place() {
	place = own_place(error)
	if (!place && error !~ /No such file or directory|file not found/)
		place = required ? required : noted
	# Clang names no line of inlined code. The header with that code is not at fault.
	if (!place)
		place = included && error !~ /kcxx_always_fails/ ? included : source
}

function explain(    row) {
	if (error == "")
		return
	find_place()
	find_subjects()
	for (row = 1; row <= rows; row++)
		if (fits(row, row_kind[row]))
			break
	if (row <= rows && !(row in explained)) {
		printf "%s: kcxx: %s\n  write instead: %s\n  more: kcxx-%s in docs/errors.md\n", place, row_found[row], row_write[row], row_id[row]
		explained[row]
	}
	error = ""
}

function forget_context() {
	context = included_before = required_before = ""
}

FNR == NR {
	if (/^#/ || split($0, column, "\t") < 4)
		next
	if (column[1] == "object") {
		write[column[2]] = column[5]
		next
	}
	row_kind[++rows] = column[1]
	row_pattern[rows] = column[2]
	row_found[rows] = column[3]
	row_id[rows] = column[5]
	row_write[rows] = sub(/^=/, "", column[4]) ? write[column[4]] : column[4]
	next
}

/ (fatal )?error: / {
	explain()
	error = block = $0
	inside = context " " $0
	included = included_before
	required = required_before
	noted = ""
	forget_context()
	next
}

/ note: / {
	block = block " " $0
	if (!noted)
		noted = own_place($0)
	forget_context() # it belonged to the note
	next
}

# The context of an error precedes it. GCC names the innermost file first, Clang last.
/^In file included from / {
	if (own_place($0))
		included_before = own_place($0)
	next
}

/^ +from / {
	if (!included_before)
		included_before = own_place($0)
	next
}

# GCC's context of constant evaluation
/ required from |: +in 'constexpr' expansion of / {
	if (!required_before)
		required_before = own_place($0)
	next
}

# GCC's: "    inlined from 'f' at case.cc:13:46,", the innermost first
/^ +inlined from .* at / {
	text = $0
	sub(/^.* at /, "", text)
	if (!required_before)
		required_before = own_place(text)
	next
}

/^[^ :]+: (In|At) / {
	context = context " " $0
}

END {
	explain()
}
