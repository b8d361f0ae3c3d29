// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Devices and their drivers. C API: <linux/device.h>.

#pragma once

#include <kernel/device/bind.hpp>
#include <kernel/device/bus_device.hpp>
#include <kernel/device/description.hpp>
#include <kernel/device/device.hpp>
#include <kernel/device/device_table.hpp>
#include <kernel/device/driver.hpp>
#include <kernel/device/ids.hpp>
#include <kernel/device/node.hpp>
#include <kernel/device/property.hpp>
#include <kernel/device/registration.hpp>
#include <kernel/device/resource_bulk.hpp>
#include <kernel/device/resource_use.hpp>
#include <kernel/device/revocable.hpp>
#include <kernel/device/runtime_pm.hpp>
#include <kernel/device/wakeup.hpp>
