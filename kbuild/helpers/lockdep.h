/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* For <kernel/sync/lockdep.hpp> */

#include <linux/lockdep.h>
