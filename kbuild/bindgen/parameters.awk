# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# A function for select.awk and macros.awk.

# Makes @set the parameters of a macro, whose definition "name(a, b) text" is s; the name may be left out.
function parameters_of(s, set,    n, w, i) {
	for (i in set) delete set[i]
	if (s !~ /^[A-Za-z_0-9]*\(/) return
	n = split(substr(s, 1, index(s, ")")), w, /[^A-Za-z_0-9]+/)
	for (i = 2; i <= n; i++) if (w[i] != "") set[w[i]] = 1
}
