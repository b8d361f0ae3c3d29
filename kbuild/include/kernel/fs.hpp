// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Files, devices with files, file systems. C API: <linux/fs.h>, <linux/miscdevice.h>,
/// <linux/debugfs.h> and others.

#pragma once

#include <kernel/fs/cdev.hpp>
#include <kernel/fs/debugfs.hpp>
#include <kernel/fs/dentry.hpp>
#include <kernel/fs/directory.hpp>
#include <kernel/fs/file.hpp>
#include <kernel/fs/file_operations.hpp>
#include <kernel/fs/file_system.hpp>
#include <kernel/fs/fs_context.hpp>
#include <kernel/fs/inode.hpp>
#include <kernel/fs/inode_file.hpp>
#include <kernel/fs/ioctl.hpp>
#include <kernel/fs/miscdevice.hpp>
#include <kernel/fs/poll.hpp>
#include <kernel/fs/proc_fs.hpp>
#include <kernel/fs/super_block.hpp>
#include <kernel/fs/sysctl.hpp>
#include <kernel/fs/text_file.hpp>
#include <kernel/fs/value_file.hpp>
