// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The containers, and what becomes of them when memory runs out.

#include <kernel/module_param.hpp>
#include <kernel/prelude.hpp>

#include "deque.hpp"
#include "fail_in_turn.hpp"
#include "page.hpp"
#include "ring_buffer.hpp"
#include "small_vec.hpp"

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
	BEHAVES(page_ring_buffer),
	BEHAVES(page_deque),
	BEHAVES(page_small_vec),
};

/// Not failed in turn: these fail allocations of their own.
constexpr Behaviour others[] = {
	BEHAVES(ring_buffer_too_large_is_refused),
	BEHAVES(deque_is_untouched_when_memory_runs_out),
	BEHAVES(small_vec_is_untouched_when_memory_runs_out),
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
