/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* For <kernel/fs/fs_context.hpp> and <kernel/fs/file_system.hpp>. All of it is functions and
 * members. */

#include <linux/fs_context.h>
#include <linux/fs_parser.h>
#include <linux/kstrtox.h>
