// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A function for each header of std that works in a module: it returns true if what it tried of the header did.

#pragma once

// clang-format off
#define PROBES(probe) \
	probe(algorithm) \
	probe(array) \
	probe(atomic) \
	probe(bit) \
	probe(bitset) \
	probe(cassert) \
	probe(cctype) \
	probe(cerrno) \
	probe(charconv) \
	probe(chrono) \
	probe(cinttypes) \
	probe(climits) \
	probe(compare) \
	probe(concepts) \
	probe(coroutine) \
	probe(cstdarg) \
	probe(cstddef) \
	probe(cstdint) \
	probe(cstdlib) \
	probe(cstring) \
	probe(ctime) \
	probe(exception) \
	probe(expected) \
	probe(functional) \
	probe(initializer_list) \
	probe(iterator) \
	probe(limits) \
	probe(memory) \
	probe(new) \
	probe(numbers) \
	probe(numeric) \
	probe(optional) \
	probe(random) \
	probe(ranges) \
	probe(ratio) \
	probe(source_location) \
	probe(span) \
	probe(string_view) \
	probe(tuple) \
	probe(type_traits) \
	probe(utility) \
	probe(variant) \
	probe(version)
// clang-format on

namespace probes
{

#define DECLARE(name) bool try_##name();
PROBES(DECLARE)
#undef DECLARE

/// Zero, which no compiler knows
int zero();

} // namespace probes
