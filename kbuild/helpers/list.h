/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* For <kernel/types/list.hpp> */

#include <linux/types.h>
