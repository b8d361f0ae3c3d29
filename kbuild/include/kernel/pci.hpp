// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// PCI devices and their drivers. C API: <linux/pci.h>.

#pragma once

#include <kernel/pci/config.hpp>
#include <kernel/pci/device.hpp>
#include <kernel/pci/driver.hpp>
#include <kernel/pci/error_handlers.hpp>
#include <kernel/pci/ids.hpp>
