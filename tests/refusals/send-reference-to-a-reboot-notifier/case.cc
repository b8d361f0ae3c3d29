// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: what a RebootNotifier calls is bound to where it was made: give it an owner
// errors: 1
#include <functional>

#include <kernel/prelude.hpp>
#include <kernel/reboot.hpp>

struct Count {
	void operator()(kernel::Shutdown /*way*/) { ++count; }
	int count = 0;
};

kernel::Result<kernel::RebootNotifier> start(Count &count);
kernel::Result<kernel::RebootNotifier> start(Count &count)
{
#ifdef REFUSED
	return kernel::RebootNotifier::make(std::ref(count));
#else
	return kernel::RebootNotifier::make(Count{count});
#endif
}
