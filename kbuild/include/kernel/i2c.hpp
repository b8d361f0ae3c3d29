// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Devices on I2C buses and their drivers, and drivers of buses. C API: <linux/i2c.h>.

#pragma once

#include <kernel/i2c/adapter.hpp>
#include <kernel/i2c/client.hpp>
#include <kernel/i2c/driver.hpp>
#include <kernel/i2c/ids.hpp>
#include <kernel/i2c/new_client.hpp>
#include <kernel/i2c/segment.hpp>
