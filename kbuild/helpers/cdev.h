/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* For <kernel/fs/cdev.hpp> */

#include <linux/cdev.h>
#include <linux/fs.h>
#include <linux/kdev_t.h>
#include <linux/kobject.h>

/* A macro */
static const unsigned int KCXX_MINORBITS = MINORBITS;
