/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* For <kernel/printk/dynamic_debug.hpp> */

#include <linux/dynamic_debug.h>

/* Macros: the flags of a descriptor that prints, and the class of descriptors without one */
static const unsigned int kcxx_ddebug_print = _DPRINTK_FLAGS_PRINT;
static const unsigned int kcxx_ddebug_default_class = _DPRINTK_CLASS_DFLT;
