# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Reads the names that the library has in namespace kernel (of library-names.awk), then the declarations of its bindings.
# Writes those names that C has for enumerators, a line "N <name>" each: types are of no namespace, and cxx-names.awk
# gives these names a "_".

FILENAME == ARGV[1] { if (sub(/^N /, "")) of_library[$0] = 1; next }
FNR == 1 { FS = "\t"; $0 = $0 }
$1 == "D" && $5 ~ /(^|[ \t])enum[ \t].*\{/ {
	n = split($2, w, " ")
	for (i = 1; i <= n; i++) if (w[i] in of_library) print "N " w[i]
}
