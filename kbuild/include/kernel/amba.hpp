// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Devices of Arm's PrimeCell family, and their drivers. C API: <linux/amba/bus.h>.

#pragma once

#include <kernel/amba/device.hpp>
#include <kernel/amba/driver.hpp>
#include <kernel/amba/ids.hpp>
