/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* For <kernel/containers/rb_tree.hpp> */

#include <linux/rbtree.h>
