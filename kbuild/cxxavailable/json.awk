# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Makes the JSON report of records: fields are separated by US, records end in RS.
#   about US check US requirement US reason US fix      the description of each check
#   <name> US <value>                                   a fact of the whole report
#   <group> US check US status US problem US found US needed US fix

BEGIN {
	FS = "\037"
	RS = "\036"
	for (i = 0; i < 256; i++)
		byte[sprintf("%c", i)] = i
}

{ sub(/^\n+/, "") }

$1 == "about" { requirement[$2] = $3; reason[$2] = $4; next }
NF == 2 { fact[$1] = $2; next }
NF == 7 {
	list = list (list ? "," : "") "{" pair("check", $2) "," pair("group", $1) "," \
		pair("requirement", requirement[$2]) "," pair("reason", reason[$2]) "," \
		pair("status", $3) "," pair("problem", $4) "," pair("found", $5) "," \
		pair("needed", $6) "," pair("fix", $7) "}"
}

END {
	print "{\"format_version\":1," pair("verdict", fact["verdict"]) "," \
		"\"kernel\":{" pair("directory", fact["kernel"]) "," pair("release", fact["release"]) "," \
		pair("arch", fact["arch"]) "}," \
		"\"cxx\":{" pair("command", fact["cxx"]) "," pair("family", fact["cxx_family"]) "," \
		pair("version", fact["cxx_version"]) "}," \
		"\"cc\":{" pair("command", fact["cc"]) "," pair("version", fact["cc_version"]) "}," \
		"\"requirements\":[" list "]}"
}

# An unknown value is null.
function pair(name, value) {
	return "\"" name "\":" (value == "" ? "null" : "\"" escaped(value) "\"")
}

# Returns the number of bytes of the UTF-8 character at @position; 0 if none begins there
function utf8(text, position, first, length_, i, next_) {
	first = byte[substr(text, position, 1)]
	length_ = first >= 240 && first <= 244 ? 4 : first >= 224 ? (first < 240 ? 3 : 0) : first >= 194 ? 2 : 0
	for (i = 1; i < length_; i++) {
		next_ = byte[substr(text, position + i, 1)]
		if (next_ < 128 || next_ > 191)
			return 0
	}
	# Overlong forms, surrogates and what lies past the last plane
	next_ = byte[substr(text, position + 1, 1)]
	if ((first == 224 && next_ < 160) || (first == 237 && next_ > 159) ||
	    (first == 240 && next_ < 144) || (first == 244 && next_ > 143))
		return 0
	return length_
}

function escaped(text, result, i, character, size) {
	if (text !~ /[^] !#-[^-~]/) # printable, without " and \
		return text
	for (i = 1; i <= length(text); i++) {
		character = substr(text, i, 1)
		if (character == "\"" || character == "\\")
			result = result "\\" character
		else if (byte[character] < 32 || byte[character] == 127)
			result = result sprintf("\\u%04x", byte[character])
		else if (byte[character] < 128)
			result = result character
		else if ((size = utf8(text, i)) > 0) {
			result = result substr(text, i, size)
			i += size - 1
		} else
			result = result "\\ufffd"
	}
	return result
}
