/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* For <kernel/fs/file.hpp> and the other headers of <kernel/fs.hpp> that need no more than
 * <linux/fs.h> */

#include <linux/fcntl.h>
#include <linux/fs.h>

/* Macros */
static const int KCXX_O_ACCMODE = O_ACCMODE;
static const int KCXX_O_RDONLY = O_RDONLY;
static const int KCXX_O_WRONLY = O_WRONLY;
static const int KCXX_O_RDWR = O_RDWR;
static const int KCXX_O_APPEND = O_APPEND;
static const int KCXX_O_ASYNC = FASYNC;
static const int KCXX_O_CLOEXEC = O_CLOEXEC;
static const int KCXX_O_CREAT = O_CREAT;
static const int KCXX_O_DIRECT = O_DIRECT;
static const int KCXX_O_DIRECTORY = O_DIRECTORY;
static const int KCXX_O_DSYNC = O_DSYNC;
static const int KCXX_O_EXCL = O_EXCL;
static const int KCXX_O_LARGEFILE = O_LARGEFILE;
static const int KCXX_O_NDELAY = O_NDELAY;
static const int KCXX_O_NOATIME = O_NOATIME;
static const int KCXX_O_NOCTTY = O_NOCTTY;
static const int KCXX_O_NOFOLLOW = O_NOFOLLOW;
static const int KCXX_O_NONBLOCK = O_NONBLOCK;
static const int KCXX_O_PATH = O_PATH;
static const int KCXX_O_SYNC = O_SYNC;
static const int KCXX_O_TMPFILE = O_TMPFILE;
static const int KCXX_O_TRUNC = O_TRUNC;
static const int KCXX_SEEK_SET = SEEK_SET;
static const int KCXX_SEEK_CUR = SEEK_CUR;
static const int KCXX_SEEK_END = SEEK_END;
static const int KCXX_SEEK_DATA = SEEK_DATA;
static const int KCXX_SEEK_HOLE = SEEK_HOLE;
