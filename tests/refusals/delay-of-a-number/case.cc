// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: could not convert|no viable conversion from .int. to .Nanoseconds.
#include <chrono>

#include <kernel/time.hpp>

using namespace std::chrono_literals;

void settle() KCXX_MAY_SLEEP;
void settle()
{
#ifdef REFUSED
	kernel::fsleep(5); // microseconds, or milliseconds?
#else
	kernel::fsleep(5ms);
#endif
}
