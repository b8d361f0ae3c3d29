/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/srcu.h> for <kernel/device/revocable.hpp> */

#include <linux/srcu.h>

/* A macro with lockdep, which makes a class for each place that it stands in */
static inline int kcxx_init_srcu_struct(struct srcu_struct *srcu)
{
	return init_srcu_struct(srcu);
}

static inline int kcxx_srcu_read_lock(struct srcu_struct *srcu)
{
	return srcu_read_lock(srcu);
}

static inline void kcxx_srcu_read_unlock(struct srcu_struct *srcu, int index)
{
	srcu_read_unlock(srcu, index);
}
