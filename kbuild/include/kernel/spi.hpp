// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Devices on SPI buses, their drivers, and controllers of the buses. C API: <linux/spi/spi.h>.

#pragma once

#include <kernel/spi/async_transfer.hpp>
#include <kernel/spi/controller.hpp>
#include <kernel/spi/device.hpp>
#include <kernel/spi/driver.hpp>
#include <kernel/spi/ids.hpp>
#include <kernel/spi/transfer.hpp>
