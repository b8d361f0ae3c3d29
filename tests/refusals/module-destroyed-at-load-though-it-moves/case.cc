// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: error: static assertion failed.*: Module has a destructor and can be copied, so insmod would run it on the object that init\(\) copies: write in it Module\(\) = default; Module\(const Module &\) = delete; and in init\(\) return \{std::in_place\};
// errors: 1
#include <kernel/prelude.hpp>

MODULE_LICENSE("GPL");

using namespace kernel;

class Module
{
public:
#ifdef REFUSED
	Module() = default;
	Module(Module &&) = default;
	static Result<Module> init(ThisModule & /*self*/) { return Module{}; }
#else
	Module() = default;
	Module(const Module &) = delete;
	static Result<Module> init(ThisModule & /*self*/) { return {std::in_place}; }
#endif
	~Module() { pr_info("bye\n"); }
};
KERNEL_MODULE(Module);
