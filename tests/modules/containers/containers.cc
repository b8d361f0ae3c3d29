// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The containers, and what becomes of them when memory runs out.

#include <kernel/module_param.hpp>
#include <kernel/prelude.hpp>

#include "arena.hpp"
#include "deque.hpp"
#include "fail_in_turn.hpp"
#include "hash_map.hpp"
#include "list.hpp"
#include "map.hpp"
#include "page.hpp"
#include "rb_tree.hpp"
#include "ring_buffer.hpp"
#include "small_vec.hpp"
#include "sort.hpp"

MODULE_LICENSE("GPL");

using namespace kernel;

namespace
{

/// Each of their allocations may fail.
constexpr Behaviour behaviours[] = {
	BEHAVES(ring_buffer_gives_in_the_order_of_pushes),
	BEHAVES(ring_buffer_that_is_full_takes_no_more),
	BEHAVES(ring_buffer_forced_drops_its_first),
	BEHAVES(ring_buffer_without_room_is_full),
	BEHAVES(ring_buffer_moves_whole),
	BEHAVES(ring_buffer_is_a_range),
	BEHAVES(deque_grows_at_both_ends),
	BEHAVES(deque_serves_as_a_queue_without_growing),
	BEHAVES(deque_takes_its_own_elements),
	BEHAVES(deque_clones_are_independent),
	BEHAVES(deque_moves_whole),
	BEHAVES(deque_takes_a_part_of_what_it_held),
	BEHAVES(deque_is_a_range),
	BEHAVES(small_vec_keeps_its_first_elements_inside),
	BEHAVES(small_vec_moves_from_inside_and_from_outside),
	BEHAVES(small_vec_inserts_and_removes),
	BEHAVES(small_vec_extends_truncates_and_retains),
	BEHAVES(small_vec_clones_are_independent),
	BEHAVES(small_vec_is_a_range),
	BEHAVES(sort_orders_any_range),
	BEHAVES(sort_stays_inside_whatever_the_order),
	BEHAVES(copy_fills_the_first_elements),
	BEHAVES(rb_tree_keeps_the_order_of_its_keys),
	BEHAVES(rb_tree_finds_what_is_in_it),
	BEHAVES(rb_tree_refuses_a_second_of_a_key),
	BEHAVES(rb_tree_keeps_equal_keys_in_the_order_of_insertion),
	BEHAVES(rb_tree_makes_an_object_only_if_it_is_needed),
	BEHAVES(rb_tree_gives_objects_back),
	BEHAVES(rb_tree_retains_in_order),
	BEHAVES(rb_tree_moves_whole),
	BEHAVES(rb_tree_shares_objects_with_another_tree),
	BEHAVES(map_finds_values_by_their_keys),
	BEHAVES(map_keeps_the_value_that_a_key_has),
	BEHAVES(map_of_texts_is_searched_by_a_view),
	BEHAVES(map_erases_and_goes_on),
	BEHAVES(map_entry_made_before_cannot_fail),
	BEHAVES(map_values_stay_where_they_are),
	BEHAVES(map_moves_whole_and_into_what_held_it),
	BEHAVES(map_clones_are_independent),
	BEHAVES(map_in_another_order),
	BEHAVES(set_keeps_each_key_once),
	BEHAVES(hash_map_finds_values_by_their_keys),
	BEHAVES(hash_map_keeps_the_value_that_a_key_has),
	BEHAVES(hash_map_erases_and_goes_on),
	BEHAVES(hash_map_works_where_all_hashes_collide),
	BEHAVES(hash_map_of_texts_is_searched_by_a_view),
	BEHAVES(hash_map_takes_keys_of_many_types),
	BEHAVES(hash_map_takes_its_own_values),
	BEHAVES(hash_map_moves_whole_and_into_what_held_it),
	BEHAVES(hash_map_clones_are_independent),
	BEHAVES(hash_map_reserved_needs_no_memory),
	BEHAVES(hash_map_draws_a_secret_of_its_own),
	BEHAVES(hash_set_keeps_each_key_once),
	BEHAVES(arena_makes_objects_that_stay),
	BEHAVES(arena_aligns_its_objects),
	BEHAVES(arena_makes_arrays_and_texts),
	BEHAVES(arena_cleared_uses_its_memory_again),
	BEHAVES(arena_moves_and_its_objects_stay),
	BEHAVES(list_is_a_range),
	BEHAVES(list_erases_and_goes_on),
	BEHAVES(list_splices_before_a_place),
	BEHAVES(page_ring_buffer),
	BEHAVES(page_deque),
	BEHAVES(page_small_vec),
	BEHAVES(page_map),
	BEHAVES(page_map_under_a_spinlock),
	BEHAVES(page_rb_tree),
	BEHAVES(page_rb_trees),
	BEHAVES(page_hash_map),
	BEHAVES(page_hashes),
	BEHAVES(page_arena),
};

/// Not failed in turn: these fail allocations of their own.
constexpr Behaviour others[] = {
	BEHAVES(ring_buffer_too_large_is_refused),
	BEHAVES(deque_is_untouched_when_memory_runs_out),
	BEHAVES(small_vec_is_untouched_when_memory_runs_out),
	BEHAVES(map_is_untouched_when_memory_runs_out),
	BEHAVES(hash_map_is_untouched_when_memory_runs_out),
	BEHAVES(arena_is_untouched_when_memory_runs_out),
};

Result<> fail_all_in_turn(int /*value*/)
{
	fail_in_turn(behaviours);
	return {};
}

constinit ModuleParam<int, fail_all_in_turn> fail{0};
MODULE_PARAM(fail, 0200, "write to it to fail each allocation in turn");

struct Containers {
	static Result<Containers> init(ThisModule & /*self*/)
	{
		for (const Behaviour &behaviour : behaviours)
			report(behaviour);
		for (const Behaviour &behaviour : others)
			report(behaviour);
		return Containers{};
	}
};

} // namespace

KERNEL_MODULE(Containers);
