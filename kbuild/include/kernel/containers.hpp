// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Containers whose memory may run out: functions that allocate take GFP flags and return a
/// Result. Vec is in <kernel/memory.hpp>, List in <kernel/types.hpp>. C API: <linux/slab.h>.

#pragma once

#include <kernel/containers/arena.hpp>
#include <kernel/containers/clone.hpp>
#include <kernel/containers/copy.hpp>
#include <kernel/containers/deque.hpp>
#include <kernel/containers/hash.hpp>
#include <kernel/containers/hash_base.hpp>
#include <kernel/containers/hash_map.hpp>
#include <kernel/containers/hash_set.hpp>
#include <kernel/containers/map.hpp>
#include <kernel/containers/ordered_base.hpp>
#include <kernel/containers/rb_tree.hpp>
#include <kernel/containers/rb_tree_node.hpp>
#include <kernel/containers/ring_base.hpp>
#include <kernel/containers/ring_buffer.hpp>
#include <kernel/containers/room.hpp>
#include <kernel/containers/set.hpp>
#include <kernel/containers/small_vec.hpp>
#include <kernel/containers/sort.hpp>
