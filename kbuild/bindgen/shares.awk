# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Usage: awk -f shares.awk <names of each header> <edges> <bindings>
#
# Reads the names that each header of the library uses (of library-uses.awk), why declarations were chosen (of select.awk),
# and the library's bindings. Writes the bindings with the parts that split-bindings.awk makes of them:
#
#	//// <header> <part>…    the parts that a header needs, in the order of their inclusion; before all else
#	//// <part>              before each declaration: the part that it is in
#
# Declarations that the same headers need are one part. Whoever needs a declaration needs all that it was chosen for: so
# the parts that more headers need come first. The part 0 is of all headers: what has no number.

FILENAME == ARGV[1] && $1 == "H" { header[++headers] = $2; next }
FILENAME == ARGV[1] {
	# Headers of the runtime are none: it reads all parts.
	if (header[headers] ~ /\.hpp$/) uses[headers] = uses[headers] "\n" $0
	next
}

FILENAME == ARGV[2] && $1 == "@" { chosen[$3] = $2; last = $3; next }
FILENAME == ARGV[2] && $1 == "*" { of_all[++all] = $2; next }
FILENAME == ARGV[2] && $1 == "D" { needs[$2] = needs[$2] " " $3; next }
FILENAME == ARGV[2] { named[$1 " " $2] = named[$1 " " $2] " " $3; next }

FNR == 1 { share() }
$1 == "#" && $3 == "\"kcxx-declaration\"" { print "//// " part_of[$2] }
{ print }

function share(    h, i, n, w) {
	for (h = 1; h <= headers; h++) {
		if (uses[h] == "") continue
		n = split(substr(uses[h], 2), w, "\n")
		for (i = 1; i <= n; i++) need_all(named[w[i]], h)
		for (i = 1; i <= all; i++) need(of_all[i], h)
		reach(h)
	}
	make_parts()
}

function need_all(list, h,    n, w, i) {
	n = split(list, w, " ")
	for (i = 1; i <= n; i++) need(w[i], h)
}

function need(i, h) {
	if ((i, h) in needed) return
	needed[i, h] = 1
	needed_by[i] = needed_by[i] " " h
	count[i]++
	queue[++queued] = i
}

function reach(h) {
	while (done < queued) need_all(needs[queue[++done]], h)
}

# A part for each set of headers, in the order of their sizes
function make_parts(    i, k, set, size, largest) {
	for (k = 1; k <= last; k++) {
		i = chosen[k]
		if (!(i in needed_by)) needed_by[i] = "all" # in the list of all parts alone
		set = needed_by[i]
		if (!(set in size_of)) {
			size_of[set] = count[i] + 0
			of_size[size_of[set]] = of_size[size_of[set]] "\n" set
			if (size_of[set] > largest) largest = size_of[set]
		}
	}
	for (size = largest + 0; size >= 0; size--) number_parts(of_size[size])
	for (k = 1; k <= last; k++) part_of[k] = part[needed_by[chosen[k]]]
	for (k = 1; k <= headers; k++) if (uses[k] != "") print "//// " header[k] " 0" parts_of[k]
	print "//// all 0" parts_of["all"]
}

# number_parts(sets, a line each)
function number_parts(sets,    n, set, k, m, w, j) {
	if (sets == "") return
	n = split(substr(sets, 2), set, "\n")
	for (k = 1; k <= n; k++) {
		part[set[k]] = ++parts
		parts_of["all"] = parts_of["all"] " " parts
		if (set[k] == "all") continue
		m = split(set[k], w, " ")
		for (j = 1; j <= m; j++) parts_of[w[j]] = parts_of[w[j]] " " parts
	}
}
