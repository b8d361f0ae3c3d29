# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Prints one line of the table of survey.sh, from one report in JSON as cxxavailable/json.awk writes it

function text_of(name) {
	if (!match($0, "\"" name "\":\"([^\"\\\\]|\\\\.)*\""))
		return "-"
	return substr($0, RSTART + length(name) + 4, RLENGTH - length(name) - 5)
}

{
	verdict = text_of("verdict") == "usable" ? "yes" : "no"
	release = text_of("release")
	command = text_of("command")
	rest = $0
	while (match(rest, /"status":"(failed|warning)","problem":"([^"\\]|\\.)*"/)) {
		problem = substr(rest, RSTART, RLENGTH)
		rest = substr(rest, RSTART + RLENGTH)
		failed = problem ~ /^"status":"failed"/
		sub(/^.*"problem":"/, "", problem)
		sub(/"$/, "", problem)
		if (failed || verdict == "yes")
			why = why (why ? "; " : "") problem
	}
	printf "%-28s %-14s %-9s %s\n", release, command, verdict, why
}
