// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: error: static assertion failed.*: Module::init\(\) is not static, but makes the one object: write (in it )?static kernel::Result<Module> init\(kernel::ThisModule &\);
// errors: 1
#include <kernel/prelude.hpp>

MODULE_LICENSE("GPL");

using namespace kernel;

class Module
{
#ifdef REFUSED
public:
	Result<Module> init(ThisModule & /*self*/) { return Module{}; }
#else
public:
	static Result<Module> init(ThisModule & /*self*/) { return Module{}; }
#endif
};
KERNEL_MODULE(Module);
