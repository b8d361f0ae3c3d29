// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: no matching function|too few arguments
#include <kernel/module_param.hpp>
#include <kernel/prelude.hpp>

static constinit kernel::ModuleParam<const char *> name{"pump"};
MODULE_PARAM(name, 0644, "its name");

void say();
void say()
{
#ifdef REFUSED
	pr_info("%s\n", name.get());
#else
	const kernel::ModuleParamLock lock;
	pr_info("%s\n", name.get(lock));
#endif
}
