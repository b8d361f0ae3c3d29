// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: an entry of a HashMap moves: its key and value need move constructors that are noexcept
#include <kernel/containers.hpp>
#include <kernel/prelude.hpp>

struct Port {
#ifdef REFUSED
	explicit Port(int n) : number{n} {}
	Port(Port &&) = delete;
#endif
	int number;
};

kernel::Result<> reserve(kernel::HashMap<int, Port> &ports);
kernel::Result<> reserve(kernel::HashMap<int, Port> &ports)
{
	return ports.reserve(3, kernel::GFP_KERNEL);
}
