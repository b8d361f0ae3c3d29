// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Devices on I2C buses and their drivers. C API: <linux/i2c.h>.

#pragma once

#include <kernel/i2c/client.hpp>
#include <kernel/i2c/driver.hpp>
#include <kernel/i2c/ids.hpp>
#include <kernel/i2c/new_client.hpp>
