// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts about <linux/fs.h> and <linux/fcntl.h> that <kernel/file.hpp> needs */

#include <linux/build_bug.h>
#include <linux/fcntl.h>
#include <linux/fs.h>
#include <linux/kbuild.h>

void kcxx_layout_file(void);
void kcxx_layout_file(void)
{
	COMMENT("file");
	OFFSET(KCXX_FILE_FLAGS, file, f_flags);
	OFFSET(KCXX_FILE_POSITION, file, f_pos);
	OFFSET(KCXX_FILE_PRIVATE_DATA, file, private_data);
	DEFINE(KCXX_O_ACCMODE, O_ACCMODE);
	DEFINE(KCXX_O_RDONLY, O_RDONLY);
	DEFINE(KCXX_O_WRONLY, O_WRONLY);
	DEFINE(KCXX_O_RDWR, O_RDWR);
	DEFINE(KCXX_O_APPEND, O_APPEND);
	DEFINE(KCXX_O_ASYNC, FASYNC);
	DEFINE(KCXX_O_CLOEXEC, O_CLOEXEC);
	DEFINE(KCXX_O_CREAT, O_CREAT);
	DEFINE(KCXX_O_DIRECT, O_DIRECT);
	DEFINE(KCXX_O_DIRECTORY, O_DIRECTORY);
	DEFINE(KCXX_O_DSYNC, O_DSYNC);
	DEFINE(KCXX_O_EXCL, O_EXCL);
	DEFINE(KCXX_O_LARGEFILE, O_LARGEFILE);
	DEFINE(KCXX_O_NDELAY, O_NDELAY);
	DEFINE(KCXX_O_NOATIME, O_NOATIME);
	DEFINE(KCXX_O_NOCTTY, O_NOCTTY);
	DEFINE(KCXX_O_NOFOLLOW, O_NOFOLLOW);
	DEFINE(KCXX_O_NONBLOCK, O_NONBLOCK);
	DEFINE(KCXX_O_PATH, O_PATH);
	DEFINE(KCXX_O_SYNC, O_SYNC);
	DEFINE(KCXX_O_TMPFILE, O_TMPFILE);
	DEFINE(KCXX_O_TRUNC, O_TRUNC);
	DEFINE(KCXX_SEEK_SET, SEEK_SET);
	DEFINE(KCXX_SEEK_CUR, SEEK_CUR);
	DEFINE(KCXX_SEEK_END, SEEK_END);
	DEFINE(KCXX_SEEK_DATA, SEEK_DATA);
	DEFINE(KCXX_SEEK_HOLE, SEEK_HOLE);
}

/* The members of struct file that <kernel/file.hpp> uses, as it declares them */
static_assert(__same_type(((struct file *)0)->f_flags, unsigned int));
static_assert(__same_type(((struct file *)0)->f_pos, long long));
static_assert(__same_type(((struct file *)0)->private_data, void *));
