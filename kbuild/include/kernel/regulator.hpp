// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Supplies of power that a device has. C API: <linux/regulator/consumer.h>.

#pragma once

#include <kernel/regulator/bulk.hpp>
#include <kernel/regulator/consumer.hpp>
