/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/fs.h> for <kernel/fs/inode_file.hpp> */

#include <linux/fs.h>
#include <linux/version.h>

/* Files whose content is the page cache, as ramfs has them */
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

static inline void *kcxx_file_inode_private(const struct file *file)
{
	return file_inode(file)->i_private;
}

static inline void kcxx_file_accessed(struct file *file)
{
	file_accessed(file);
}

/* Begins a write: no other task writes or truncates until kcxx_write_end() */
static inline int kcxx_write_begin(struct file *file)
{
	int error;

	inode_lock(file_inode(file));
	error = file_remove_privs(file);
	if (!error)
		error = file_update_time(file);
	if (error)
		inode_unlock(file_inode(file));
	return error;
}

static inline void kcxx_write_end(struct file *file)
{
	inode_unlock(file_inode(file));
}

static inline long long kcxx_generic_file_llseek_size(struct file *file, long long offset,
						      int whence, long long size)
{
	return generic_file_llseek_size(file, offset, whence, file_inode(file)->i_sb->s_maxbytes,
					size);
}
