/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* For <kernel/fs/inode_file.hpp> */

#include <linux/fs.h>
#include <linux/version.h>

/* Files whose content is the page cache, as ramfs has them; the function of splice_read has another
 * name since 6.5. */
static const struct file_operations kcxx_page_cache_file_operations = {
	.read_iter = generic_file_read_iter,
	.write_iter = generic_file_write_iter,
	.mmap = generic_file_mmap,
	.fsync = noop_fsync,
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 5, 0)
	.splice_read = filemap_splice_read,
#else
	.splice_read = generic_file_splice_read,
#endif
	.splice_write = iter_file_splice_write,
	.llseek = generic_file_llseek,
};
