// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: no type of a module parameter
#include <kernel/module_param.hpp>

struct Speed {
	int rpm;
};

#ifdef REFUSED
static constinit kernel::ModuleParam<Speed> speed{Speed{5}};
MODULE_PARAM(speed, 0644, "revolutions per minute");
#else
static constinit kernel::ModuleParam<int> speed{5};
MODULE_PARAM(speed, 0644, "revolutions per minute");
#endif
