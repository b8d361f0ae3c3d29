// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Files of a device below /sys. C API: <linux/sysfs.h>.

#pragma once

#include <kernel/sysfs/attributes.hpp>
#include <kernel/sysfs/binary_file.hpp>
