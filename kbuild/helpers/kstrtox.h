/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* For <kernel/kstrtox.hpp> */

#include <linux/kernel.h>
