/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/random.h> for <kernel/random.hpp> */

#include <linux/random.h>
