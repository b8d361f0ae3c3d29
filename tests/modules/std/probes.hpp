// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A function for each part of std's headers that works in a module: it returns true if what it tried did. A header has
/// its name, _h being .h, then comes what the part does, and the first libstdc++ with which it works.

#pragma once

// clang-format off
#define PROBES(probe) \
	probe(algorithm, sorts, 12) \
	probe(algorithm, searches, 12) \
	probe(algorithm, copies_and_removes, 12) \
	probe(algorithm, partitions_and_rotates, 12) \
	probe(algorithm, makes_heaps, 12) \
	probe(algorithm, merges_sets, 12) \
	probe(algorithm, permutes, 12) \
	probe(algorithm, bounds_values, 12) \
	probe(algorithm, sorts_by_a_projection, 12) \
	probe(algorithm, folds, 13) \
	probe(any, holds_a_value, 12) \
	probe(any, moves_and_resets, 12) \
	probe(array, indexes, 12) \
	probe(array, compares_and_fills, 12) \
	probe(array, is_made_of_an_array_of_c, 12) \
	probe(assert_h, passes, 12) \
	probe(atomic, exchanges, 12) \
	probe(atomic, counts_in_64_bits, 12) \
	probe(atomic, flags, 12) \
	probe(atomic, refers, 12) \
	probe(atomic, points, 12) \
	probe(bit, counts, 12) \
	probe(bit, casts, 12) \
	probe(bit, rounds, 12) \
	probe(bit, rotates_and_swaps, 12) \
	probe(bitset, counts, 12) \
	probe(bitset, combines, 12) \
	probe(cassert, passes, 12) \
	probe(cctype, classifies, 12) \
	probe(cctype, converts, 12) \
	probe(cerrno, lives_beside_kernel_errors, 12) \
	probe(cfloat, has_constants, 12) \
	probe(charconv, writes_integers, 12) \
	probe(charconv, reads_integers, 12) \
	probe(charconv, refuses, 12) \
	probe(chrono, converts_durations, 12) \
	probe(chrono, knows_dates, 12) \
	probe(chrono, splits_times_of_day, 12) \
	probe(chrono, reads_the_monotonic_clock, 12) \
	probe(chrono, reads_the_real_clock, 12) \
	probe(cinttypes, has_formats, 12) \
	probe(climits, has_limits, 12) \
	probe(compare, orders_numbers, 12) \
	probe(compare, orders_classes, 12) \
	probe(compare, mixes_categories, 12) \
	probe(concepts, constrains_overloads, 12) \
	probe(concepts, swaps, 12) \
	probe(coroutine, has_handles, 12) \
	probe(coroutine, runs, 12) \
	probe(cstdarg, passes_arguments, 12) \
	probe(cstddef, has_types, 12) \
	probe(cstdint, has_types, 12) \
	probe(cstdlib, sorts, 12) \
	probe(cstdlib, searches, 12) \
	probe(cstdlib, divides, 12) \
	probe(cstring, copies, 12) \
	probe(cstring, compares, 12) \
	probe(cstring, searches, 12) \
	probe(ctime, has_types, 12) \
	probe(ctype_h, classifies, 12) \
	probe(cwchar, has_types, 12) \
	probe(errno_h, has_numbers, 12) \
	probe(exception, is_a_base_class, 12) \
	probe(exception, counts_none, 12) \
	probe(expected, holds_a_value_or_an_error, 12) \
	probe(expected, holds_nothing_or_an_error, 12) \
	probe(expected, goes_on, 13) \
	probe(flat_map, finds, 15) \
	probe(flat_set, finds, 15) \
	probe(float_h, has_constants, 12) \
	probe(functional, invokes, 12) \
	probe(functional, binds, 12) \
	probe(functional, refers, 12) \
	probe(functional, compares_and_calculates, 12) \
	probe(functional, hashes, 12) \
	probe(functional, searches, 12) \
	probe(initializer_list, has_elements, 12) \
	probe(inttypes_h, has_formats, 12) \
	probe(iosfwd, names_streams_alone, 12) \
	probe(iso646_h, has_operators, 12) \
	probe(iterator, walks, 12) \
	probe(iterator, walks_backwards, 12) \
	probe(iterator, inserts, 12) \
	probe(iterator, moves_elements, 12) \
	probe(iterator, counts, 12) \
	probe(limits, has_limits, 12) \
	probe(limits_h, has_limits, 12) \
	probe(mdspan, indexes, 16) \
	probe(mdspan, has_layouts, 16) \
	probe(memory, owns_by_a_deleter, 12) \
	probe(memory, gives_out_pointers, 14) \
	probe(memory, constructs_and_destroys, 12) \
	probe(memory, fills_raw_memory, 12) \
	probe(memory, finds_addresses, 12) \
	probe(memory, aligns, 12) \
	probe(memory, asks_allocators, 12) \
	probe(new, places, 12) \
	probe(numbers, has_constants, 12) \
	probe(numeric, sums, 12) \
	probe(numeric, scans, 12) \
	probe(numeric, divides, 12) \
	probe(numeric, divides_128_bits, 12) \
	probe(numeric, counts_a_range, 13) \
	probe(optional, holds_a_value, 12) \
	probe(optional, goes_on, 12) \
	probe(optional, compares, 12) \
	probe(optional, destroys_its_value, 12) \
	probe(random, has_engines, 12) \
	probe(random, twists, 12) \
	probe(random, distributes_integers, 12) \
	probe(random, shuffles, 12) \
	probe(ranges, filters_and_transforms, 12) \
	probe(ranges, takes_and_drops, 12) \
	probe(ranges, splits, 12) \
	probe(ranges, joins, 12) \
	probe(ranges, takes_elements_of_pairs, 12) \
	probe(ranges, describes, 12) \
	probe(ranges, zips, 13) \
	probe(ranges, chunks_and_slides, 13) \
	probe(ranges, strides_and_repeats, 13) \
	probe(ranges, enumerates_products, 13) \
	probe(ranges, makes_containers, 14) \
	probe(ratio, compares, 12) \
	probe(ratio, calculates, 12) \
	probe(scoped_allocator, constructs, 12) \
	probe(source_location, names_the_caller, 12) \
	probe(span, indexes, 12) \
	probe(span, takes_parts, 12) \
	probe(span, shows_bytes, 12) \
	probe(stdalign_h, aligns, 12) \
	probe(stdarg_h, passes_arguments, 12) \
	probe(stdatomic_h, adds, 12) \
	probe(stdbool_h, has_bool, 12) \
	probe(stddef_h, has_types, 12) \
	probe(stdfloat, has_types, 13) \
	probe(stdint_h, has_types, 12) \
	probe(stdlib_h, divides, 12) \
	probe(string_h, copies, 12) \
	probe(string_view, searches, 12) \
	probe(string_view, takes_parts, 12) \
	probe(string_view, compares, 12) \
	probe(string_view, hashes, 12) \
	probe(time_h, has_types, 12) \
	probe(tuple, applies, 12) \
	probe(tuple, ties, 12) \
	probe(tuple, compares_and_joins, 12) \
	probe(type_traits, relates_types, 12) \
	probe(type_traits, transforms_types, 12) \
	probe(typeindex, is_declared, 12) \
	probe(typeinfo, is_declared, 12) \
	probe(utility, swaps_and_exchanges, 12) \
	probe(utility, pairs, 12) \
	probe(utility, compares_safely, 12) \
	probe(utility, counts_indices, 12) \
	probe(utility, forwards_like, 14) \
	probe(variant, visits, 12) \
	probe(variant, gets, 12) \
	probe(variant, compares, 12) \
	probe(variant, destroys_its_value, 12) \
	probe(version, has_macros, 12) \
	probe(wchar_h, has_types, 12)
// clang-format on

namespace probes
{

#define DECLARE(header, part, since) bool try_##header##_##part();
PROBES(DECLARE)
#undef DECLARE

/// Zero, which no compiler knows
int zero();

} // namespace probes
