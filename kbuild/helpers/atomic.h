/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* For <kernel/sync/atomic.hpp>, which calls the functions of this header itself */

#include <linux/atomic.h>
