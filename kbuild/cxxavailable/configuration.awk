# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads .config, auto.conf and autoconf.h (each may be left out) and prints variables
# for a shell: config_<OPTION> for each of the options asked for, settings_<file>,
# damage_<file> if Kconfig does not write such a line, and stale if the three files
# do not agree. Since Linux 6.12 auto.conf has no quotes.
#
# agreed[<file>] counts the settings that auto.conf has as well: if the counts are equal,
# no setting differs, and there is no need to compare them.

# No backslash in the replacement, because awks read it differently
function quoted(text) {
	gsub(/'/, "'\"'\"'", text)
	return "'" text "'"
}

function shown(text) {
	text = substr(text, 1, 60)
	gsub(/[^ -~]/, "?", text)
	return text
}

function damaged(why) {
	if (!(file in damage))
		damage[file] = "line " FNR " " why
}

function unquoted(value) {
	if (substr(value, 1, 1) == "\"" && value ~ /^".*"$/)
		value = substr(value, 2, length(value) - 2)
	return value
}

function number(value) {
	return value ~ /^-?[0-9]/
}

# Are these numbers, and not the same?
function other_number(value, of_header) {
	return number(value) && of_header != value && of_header != "0x" value && number(of_header)
}

# Is this macro of autoconf.h a setting of auto.conf?
function is_auto(macro, value) {
	if (macro in auto)
		return auto[macro] != "m" && !other_number(auto[macro], value)
	return sub(/_MODULE$/, "", macro) && (macro in auto) && auto[macro] == "m"
}

function all_agreed(file) {
	return agreed[file] == settings[file] && agreed[file] == settings["auto"]
}

BEGIN {
	count = split(ENVIRON["options"], wanted, /[ \t\n]+/)
	for (i = 1; i <= count; i++)
		want["CONFIG_" wanted[i]] = wanted[i]
}

FNR == 1 {
	file = FILENAME ~ /autoconf\.h$/ ? "header" : FILENAME ~ /auto\.conf$/ ? "auto" : "config"
	seen[file] = 1
}

/\r$/ { damaged("ends in CR LF"); next }

file == "header" {
	if (/^#define CONFIG_[A-Za-z0-9_]+ /) {
		settings[file]++
		if (!($2 in header) && is_auto($2, $3))
			agreed[file]++
		header[$2] = $3
		headers[settings[file]] = $2
	} else if (!/^($|#|\/\*| \*)/)
		damaged("is no #define: " shown($0))
	next
}

/^CONFIG_[A-Za-z0-9_]+=/ {
	equals = index($0, "=")
	name = substr($0, 1, equals - 1)
	settings[file]++
	if (file == "auto") {
		first = !(name in auto)
		auto[name] = unquoted(substr($0, equals + 1))
		if (first && (name in config) && config[name] == auto[name])
			agreed["config"]++
		autos[settings[file]] = name
	} else {
		config[name] = unquoted(substr($0, equals + 1))
		configs[settings[file]] = name
	}
	next
}

!/^($|#)/ { damaged("is no setting: " shown($0)) }

function differs(text) {
	if (++differences <= 3)
		stale = stale (stale ? "; " : "") text
}

END {
	for (name in want)
		if (name in auto)
			print "config_" want[name] "=" quoted(auto[name])
	for (file in seen) {
		print "settings_" file "=" settings[file] + 0
		if (file in damage)
			print "damage_" file "=" quoted(damage[file])
	}
	if (("config" in seen) && !("config" in damage) && !all_agreed("config")) {
		for (i = 1; i <= settings["config"]; i++) {
			name = configs[i]
			if (!(name in auto))
				differs(name "=" shown(config[name]) " in .config, not set in auto.conf")
			else if (config[name] != auto[name])
				differs(name "=" shown(config[name]) " in .config, =" shown(auto[name]) " in auto.conf")
		}
		for (i = 1; i <= settings["auto"]; i++) {
			name = autos[i]
			if (!(name in config))
				differs(name " not set in .config, =" shown(auto[name]) " in auto.conf")
		}
	}
	if (("header" in seen) && !all_agreed("header")) {
		for (i = 1; i <= settings["auto"]; i++) {
			name = autos[i]
			if (auto[name] != "n" && !((name (auto[name] == "m" ? "_MODULE" : "")) in header))
				differs(name "=" shown(auto[name]) " in auto.conf, not in autoconf.h")
			else if (other_number(auto[name], header[name]))
				differs(name "=" auto[name] " in auto.conf, " header[name] " in autoconf.h")
		}
		for (i = 1; i <= settings["header"]; i++) {
			name = macro = headers[i]
			sub(/_MODULE$/, "", name)
			if (!(macro in auto) && !((name in auto) && auto[name] == "m"))
				differs(macro " in autoconf.h, not set in auto.conf")
		}
	}
	if (differences > 3)
		stale = stale "; and " differences - 3 " more"
	print "stale=" quoted(stale)
}
