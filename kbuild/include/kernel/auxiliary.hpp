// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Auxiliary devices and their drivers. C API: <linux/auxiliary_bus.h>.

#pragma once

#include <kernel/auxiliary/device.hpp>
#include <kernel/auxiliary/driver.hpp>
#include <kernel/auxiliary/ids.hpp>
