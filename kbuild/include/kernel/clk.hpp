// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Clocks that a device runs by. C API: <linux/clk.h>.

#pragma once

#include <kernel/clk/bulk.hpp>
#include <kernel/clk/consumer.hpp>
