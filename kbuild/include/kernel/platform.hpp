// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Platform devices and their drivers. C API: <linux/platform_device.h>.

#pragma once

#include <kernel/platform/device.hpp>
#include <kernel/platform/driver.hpp>
#include <kernel/platform/ids.hpp>
