// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: use of deleted function|call to implicitly-deleted copy constructor|attempt to use a deleted function
#include <utility>

#include <kernel/box.hpp>
#include <kernel/workqueue.hpp>

// The queue holds the address of its Work, so the object must not move; a Box may.
class Pump
{
	void drain() {}

public:
	kernel::Work<&Pump::drain> work{LOCK_CLASS("drain"), *this};
};

#ifdef REFUSED
using Kept = Pump;
#else
using Kept = kernel::Box<Pump>;
#endif

bool is_whole(Kept given);
bool take(Kept &given);
bool take(Kept &given)
{
	return is_whole(std::move(given));
}
