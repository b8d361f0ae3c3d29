// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Registers of devices. C API: <linux/io.h>, <linux/iopoll.h>, <linux/bitfield.h>.

#pragma once

#include <kernel/io/mmio.hpp>
#include <kernel/io/port_region.hpp>
#include <kernel/io/ports.hpp>
#include <kernel/io/register.hpp>
#include <kernel/io/registers.hpp>
