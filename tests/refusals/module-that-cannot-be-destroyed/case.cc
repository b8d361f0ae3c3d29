// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: error: static assertion failed.*: Module cannot be a module, for rmmod destroys it: give it a public destructor that is not deleted
// errors: 1
#include <kernel/prelude.hpp>

MODULE_LICENSE("GPL");

using namespace kernel;

class Module
{
#ifdef REFUSED
public:
	~Module() = delete;
	static Result<Module> init(ThisModule & /*self*/);
#else
public:
	static Result<Module> init(ThisModule & /*self*/) { return Module{}; }
#endif
};
KERNEL_MODULE(Module);
