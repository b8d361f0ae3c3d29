// SPDX-License-Identifier: GPL-2.0-only OR MIT

// What try_lock() could not take is used all the same.

#include <utility>

#include <kernel/mutex.hpp>
#include <kernel/prelude.hpp>

MODULE_LICENSE("GPL");

using namespace kernel;

namespace
{

void use(Mutex<int> &lock)
{
	auto guard = lock.try_lock();
	++*guard;
}

struct Mistake {
	Mistake()
	{
		auto guard = lock_.lock();
		use(lock_);
	}

	static Result<Mistake> init(ThisModule & /*self*/)
	{
		return Result<Mistake>{std::in_place};
	}

	Mutex<int> lock_{LOCK_CLASS("kcxx lock")};
};

} // namespace

KERNEL_MODULE(Mistake);
