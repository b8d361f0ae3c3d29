/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/regmap.h> for <kernel/regmap.hpp> */

#include <linux/regmap.h>
#include <linux/version.h>

static const unsigned int KCXX_REGCACHE_NONE = REGCACHE_NONE;
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)
static const unsigned int KCXX_REGCACHE_TREE = REGCACHE_MAPLE;
#else
static const unsigned int KCXX_REGCACHE_TREE = REGCACHE_RBTREE;
#endif
#ifdef CONFIG_REGMAP
static const unsigned int KCXX_REGMAP_ENDIAN_BIG = REGMAP_ENDIAN_BIG;
static const unsigned int KCXX_REGMAP_ENDIAN_LITTLE = REGMAP_ENDIAN_LITTLE;
#endif
