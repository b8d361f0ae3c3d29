/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* For <kernel/fs/miscdevice.hpp> */

#include <linux/miscdevice.h>

/* A macro */
static const int KCXX_MISC_DYNAMIC_MINOR = MISC_DYNAMIC_MINOR;
