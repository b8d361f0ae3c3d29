// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Devices by their ids in a device tree. C API: <linux/of.h>.

#pragma once

#include <kernel/of/ids.hpp>
