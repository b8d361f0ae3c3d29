// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// An inode's pointer for its owner. C API: i_private of struct inode, <linux/fs.h>.
///
/// For the library alone: debugfs and file systems both use it.

#pragma once

#include <generated/kcxx-bindings.hpp>

struct inode;
