// SPDX-License-Identifier: GPL-2.0-only OR MIT

// The guard is one of a lock of the same type.

#include <utility>

#include <kernel/locked_by.hpp>
#include <kernel/mutex.hpp>
#include <kernel/prelude.hpp>

MODULE_LICENSE("GPL");

using namespace kernel;

namespace
{

struct Mistake {
	Mistake()
	{
		auto guard = other_.lock();
		data_.access(guard) = 1;
	}

	static Result<Mistake> init(ThisModule & /*self*/)
	{
		return Result<Mistake>{std::in_place};
	}

	Mutex<int> lock_{LOCK_CLASS("kcxx lock")};
	Mutex<int> other_{LOCK_CLASS("kcxx other")};
	LockedBy<int, Mutex<int>> data_{lock_};
};

} // namespace

KERNEL_MODULE(Mistake);
