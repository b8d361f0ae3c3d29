/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/completion.h> for <kernel/sync/completion.hpp> */

#include <linux/completion.h>
