/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* For <kernel/lockdep.hpp> */

#include <linux/lockdep.h>

