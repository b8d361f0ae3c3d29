// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: error: static assertion failed.*: Module cannot be a module, for it is abstract: override its pure virtual functions
// errors: 1
#include <kernel/prelude.hpp>

MODULE_LICENSE("GPL");

using namespace kernel;

class Module
{
#ifdef REFUSED
public:
	virtual void run() = 0;
	static Result<Module> init(ThisModule & /*self*/);
#else
public:
	static Result<Module> init(ThisModule & /*self*/) { return Module{}; }
#endif
};
KERNEL_MODULE(Module);
