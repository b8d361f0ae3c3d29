/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* For <kernel/list.hpp> */

#include <linux/types.h>

