// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:\d+: kcxx: a kernel::Result<T> is made of a T that can be moved, .*\n  write instead: return value; or, for a class that does not move, return \{std::in_place, …\};
// errors: 1
#include <kernel/prelude.hpp>

MODULE_LICENSE("GPL");

using namespace kernel;

class Module
{
#ifdef REFUSED
public:
	Module() = default;
	Module(Module &&) = delete;
	static Result<Module> init(ThisModule & /*self*/) { return Module{}; }
#else
public:
	Module() = default;
	Module(Module &&) = delete;
	static Result<Module> init(ThisModule & /*self*/) { return {std::in_place}; }
#endif
};
KERNEL_MODULE(Module);
