// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Registers of devices behind a bus. C API: <linux/regmap.h>.

#pragma once

#include <kernel/regmap/irqs.hpp>
#include <kernel/regmap/layout.hpp>
#include <kernel/regmap/regmap.hpp>
