// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* <linux/moduleparam.h> for <kernel/module_param.hpp> */

#include <linux/module.h>
#include <linux/moduleparam.h>

void kcxx_kernel_param_lock(struct module *mod);
void kcxx_kernel_param_lock(struct module *mod)
{
	kernel_param_lock(mod);
}

void kcxx_kernel_param_unlock(struct module *mod);
void kcxx_kernel_param_unlock(struct module *mod)
{
	kernel_param_unlock(mod);
}
