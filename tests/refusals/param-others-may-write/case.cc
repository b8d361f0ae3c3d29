// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: permissions are octal, as 0644; others may not write
#include <kernel/module_param.hpp>

static constinit kernel::ModuleParam<int> speed{5};
#ifdef REFUSED
MODULE_PARAM(speed, 0666, "revolutions per minute");
#else
MODULE_PARAM(speed, 0644, "revolutions per minute");
#endif
