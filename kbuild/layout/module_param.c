// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts about <linux/moduleparam.h> that <kernel/module_param.hpp> needs */

#include <linux/build_bug.h>
#include <linux/kbuild.h>
#include <linux/moduleparam.h>

void kcxx_layout_module_param(void);
void kcxx_layout_module_param(void)
{
	COMMENT("module_param");
	DEFINE(KCXX_KERNEL_PARAM_OPS_SIZE, sizeof(struct kernel_param_ops));
	OFFSET(KCXX_KERNEL_PARAM_OPS_SET, kernel_param_ops, set);
	OFFSET(KCXX_KERNEL_PARAM_OPS_GET, kernel_param_ops, get);
	OFFSET(KCXX_KERNEL_PARAM_OPS_FREE, kernel_param_ops, free);
	DEFINE(KCXX_KERNEL_PARAM_OPS_FL_NOARG, KERNEL_PARAM_OPS_FL_NOARG);
	DEFINE(KCXX_KPARAM_ARRAY_SIZE, sizeof(struct kparam_array));
	OFFSET(KCXX_KPARAM_ARRAY_NUM, kparam_array, num);
	OFFSET(KCXX_KPARAM_ARRAY_OPS, kparam_array, ops);
	OFFSET(KCXX_KPARAM_ARRAY_ELEM, kparam_array, elem);
	DEFINE(KCXX_KERNEL_PARAM_SIZE, sizeof(struct kernel_param));
	OFFSET(KCXX_KERNEL_PARAM_OPS, kernel_param, ops);
	OFFSET(KCXX_KERNEL_PARAM_PERM, kernel_param, perm);
	OFFSET(KCXX_KERNEL_PARAM_LEVEL, kernel_param, level);
	OFFSET(KCXX_KERNEL_PARAM_FLAGS, kernel_param, flags);
	OFFSET(KCXX_KERNEL_PARAM_ARG, kernel_param, arg);
}

/* The functions that <kernel/module_param.hpp> declares or sets */
static_assert(__same_type(param_free_charp, void(void *)));
static_assert(__same_type(((struct kernel_param_ops *)0)->set,
			  int (*)(const char *, const struct kernel_param *)));
static_assert(__same_type(((struct kernel_param_ops *)0)->get,
			  int (*)(char *, const struct kernel_param *)));
