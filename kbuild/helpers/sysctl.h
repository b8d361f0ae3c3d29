/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/sysctl.h> for <kernel/fs/sysctl.hpp> */

#include <linux/slab.h>
#include <linux/sysctl.h>
#include <linux/version.h>

/* A table of one entry, and the empty entry at its end that 6.1 requires */
struct kcxx_sysctl {
	struct ctl_table table[2];
	struct ctl_table_header *header;
	int value;
	int least;
	int most;
};

static inline struct kcxx_sysctl *kcxx_sysctl_alloc(int value, int least, int most)
{
	struct kcxx_sysctl *entry = kzalloc(sizeof(*entry), GFP_KERNEL);

	if (entry) {
		entry->value = value;
		entry->least = least;
		entry->most = most;
	}
	return entry;
}

static inline int kcxx_register_sysctl(struct kcxx_sysctl *entry, const char *path,
				       const char *name, unsigned short mode)
{
	struct ctl_table *table = entry->table;

	table->procname = name;
	table->data = &entry->value;
	table->maxlen = sizeof(entry->value);
	table->mode = mode;
	table->proc_handler = proc_dointvec_minmax;
	table->extra1 = &entry->least;
	table->extra2 = &entry->most;
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 6, 0)
	entry->header = register_sysctl_sz(path, table, 1);
#else
	entry->header = register_sysctl(path, table);
#endif
	return entry->header ? 0 : -ENOMEM;
}

static inline void kcxx_unregister_sysctl(struct kcxx_sysctl *entry)
{
	if (entry->header)
		unregister_sysctl_table(entry->header);
	kfree(entry);
}

static inline int kcxx_sysctl_value(const struct kcxx_sysctl *entry)
{
	return READ_ONCE(entry->value);
}

static inline void kcxx_sysctl_set(struct kcxx_sysctl *entry, int value)
{
	WRITE_ONCE(entry->value, value);
}
