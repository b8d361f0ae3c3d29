// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* What <kernel/proc_fs.hpp> needs to know of <linux/proc_fs.h> */

#include <linux/kbuild.h>
#include <linux/proc_fs.h>

void kcxx_layout_proc_fs(void);
void kcxx_layout_proc_fs(void)
{
	COMMENT("proc_fs");
	DEFINE(KCXX_SIZEOF_PROC_OPS, sizeof(struct proc_ops));
	OFFSET(KCXX_PROC_OPS_OPEN, proc_ops, proc_open);
	OFFSET(KCXX_PROC_OPS_READ, proc_ops, proc_read);
	OFFSET(KCXX_PROC_OPS_WRITE, proc_ops, proc_write);
	OFFSET(KCXX_PROC_OPS_LSEEK, proc_ops, proc_lseek);
	OFFSET(KCXX_PROC_OPS_RELEASE, proc_ops, proc_release);
	OFFSET(KCXX_PROC_OPS_POLL, proc_ops, proc_poll);
	OFFSET(KCXX_PROC_OPS_IOCTL, proc_ops, proc_ioctl);
#ifdef CONFIG_COMPAT
	OFFSET(KCXX_PROC_OPS_COMPAT_IOCTL, proc_ops, proc_compat_ioctl);
#endif
	OFFSET(KCXX_PROC_OPS_MMAP, proc_ops, proc_mmap);
}
