/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* For <kernel/fs/sysctl.hpp> */

#include <linux/sysctl.h>
#include <linux/version.h>

/* A macro since 6.6; until then, an empty entry ends the table. */
static inline struct ctl_table_header *kcxx_register_sysctl(const char *path,
							    struct ctl_table *table)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 6, 0)
	return register_sysctl_sz(path, table, 1);
#else
	return register_sysctl(path, table);
#endif
}
