/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/moduleparam.h> for <kernel/module/module_param.hpp> */

#include <linux/module.h>
#include <linux/moduleparam.h>

/* C++20 takes "module x" for the start of a module of its own. */
typedef struct module kcxx_struct_module;

static const int KCXX_KERNEL_PARAM_OPS_FL_NOARG = KERNEL_PARAM_OPS_FL_NOARG;

static inline void kcxx_kernel_param_lock(struct module *mod)
{
	kernel_param_lock(mod);
}

static inline void kcxx_kernel_param_unlock(struct module *mod)
{
	kernel_param_unlock(mod);
}
