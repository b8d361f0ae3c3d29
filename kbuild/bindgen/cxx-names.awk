# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# Names in C++: a function for the other awk programs of this folder. A name that C++ reserves gets a "_".

BEGIN {
	n_ = split("alignas and_eq bitand bitor catch char8_t char16_t char32_t class compl concept consteval constexpr " \
		   "constinit const_cast co_await co_return co_yield decltype delete dynamic_cast explicit export friend mutable " \
		   "namespace new noexcept not_eq nullptr operator private protected public reinterpret_cast requires " \
		   "static_cast template this throw try typeid typename using virtual wchar_t xor_eq", w_, " ")
	for (k_ = 1; k_ <= n_; k_++) cxx_keyword[w_[k_]] = 1
}

function identifier(name) { return (name in cxx_keyword) ? name "_" : name }

# s with names that C++ reserves: each gets a "_"
function rename(s,    n, w, i, done, literal) {
	n = split(s, w, /[^A-Za-z0-9_]+/)
	for (i = 1; i <= n; i++) if (w[i] in cxx_keyword) break
	if (i > n) return s
	done = ""
	while (match(s, /"([^"\\]|\\.)*"|[A-Za-z_0-9]+/)) {
		literal = substr(s, RSTART, RLENGTH)
		done = done substr(s, 1, RSTART - 1) identifier(literal)
		s = substr(s, RSTART + RLENGTH)
	}
	return done s
}
