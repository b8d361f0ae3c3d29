// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: an element of this container moves: its class needs a move constructor that is noexcept
#include <kernel/containers.hpp>
#include <kernel/prelude.hpp>

struct Sample {
#ifdef REFUSED
	explicit Sample(int v) : value{v} {}
	Sample(Sample &&) = delete;
#endif
	int value;
};

kernel::Result<> append(kernel::Deque<Sample> &samples);
kernel::Result<> append(kernel::Deque<Sample> &samples)
{
	return samples.reserve(3, kernel::GFP_KERNEL);
}
