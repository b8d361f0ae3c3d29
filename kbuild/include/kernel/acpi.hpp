// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Devices by their ids in ACPI. C API: <linux/acpi.h>.

#pragma once

#include <kernel/acpi/ids.hpp>
