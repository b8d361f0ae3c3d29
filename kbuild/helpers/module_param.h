/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* For <kernel/module/module.hpp> and <kernel/module/module_param.hpp> */

#include <linux/module.h>
#include <linux/moduleparam.h>

/* C++20 takes "module x" for the start of a module of its own. */
typedef struct module kcxx_struct_module;
