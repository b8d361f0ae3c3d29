// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A function for each header of std that works in a module: it returns true if what it tried of the header did.
/// A header has its name, _h being .h, and the first libstdc++ with which it works.

#pragma once

// clang-format off
#define PROBES(probe) \
	probe(algorithm, 12) \
	probe(any, 12) \
	probe(array, 12) \
	probe(assert_h, 12) \
	probe(atomic, 12) \
	probe(bit, 12) \
	probe(bitset, 12) \
	probe(cassert, 12) \
	probe(cctype, 12) \
	probe(cerrno, 12) \
	probe(cfloat, 12) \
	probe(charconv, 12) \
	probe(chrono, 12) \
	probe(cinttypes, 12) \
	probe(climits, 12) \
	probe(compare, 12) \
	probe(concepts, 12) \
	probe(coroutine, 12) \
	probe(cstdarg, 12) \
	probe(cstddef, 12) \
	probe(cstdint, 12) \
	probe(cstdlib, 12) \
	probe(cstring, 12) \
	probe(ctime, 12) \
	probe(ctype_h, 12) \
	probe(cwchar, 12) \
	probe(errno_h, 12) \
	probe(exception, 12) \
	probe(expected, 12) \
	probe(float_h, 12) \
	probe(functional, 12) \
	probe(initializer_list, 12) \
	probe(inttypes_h, 12) \
	probe(iosfwd, 12) \
	probe(iso646_h, 12) \
	probe(iterator, 12) \
	probe(limits, 12) \
	probe(limits_h, 12) \
	probe(mdspan, 16) \
	probe(memory, 12) \
	probe(new, 12) \
	probe(numbers, 12) \
	probe(numeric, 12) \
	probe(optional, 12) \
	probe(random, 12) \
	probe(ranges, 12) \
	probe(ratio, 12) \
	probe(scoped_allocator, 12) \
	probe(source_location, 12) \
	probe(span, 12) \
	probe(stdalign_h, 12) \
	probe(stdarg_h, 12) \
	probe(stdatomic_h, 12) \
	probe(stdbool_h, 12) \
	probe(stddef_h, 12) \
	probe(stdfloat, 13) \
	probe(stdint_h, 12) \
	probe(stdlib_h, 12) \
	probe(string_h, 12) \
	probe(string_view, 12) \
	probe(time_h, 12) \
	probe(tuple, 12) \
	probe(type_traits, 12) \
	probe(typeindex, 12) \
	probe(typeinfo, 12) \
	probe(utility, 12) \
	probe(variant, 12) \
	probe(version, 12) \
	probe(wchar_h, 12)
// clang-format on

namespace probes
{

#define DECLARE(name, since) bool try_##name();
PROBES(DECLARE)
#undef DECLARE

/// Zero, which no compiler knows
int zero();

} // namespace probes
