// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: what a thread calls is bound to where it was made: give it an owner
// errors: 1
#include <functional>

#include <kernel/kthread.hpp>
#include <kernel/prelude.hpp>

struct Count {
	void operator()() { ++count; }
	int count = 0;
};

kernel::Result<kernel::KThread> start(Count &count);
kernel::Result<kernel::KThread> start(Count &count)
{
#ifdef REFUSED
	return kernel::KThread::run("count", std::ref(count));
#else
	return kernel::KThread::run("count", Count{count});
#endif
}
