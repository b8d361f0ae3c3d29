// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The kernel log. C API: <linux/printk.h>, <linux/dev_printk.h>.

#pragma once

#include <kernel/printk/dev_err_probe.hpp>
#include <kernel/printk/dev_printk.hpp>
#include <kernel/printk/dynamic_debug.hpp>
#include <kernel/printk/hex_dump.hpp>
#include <kernel/printk/printk.hpp>
#include <kernel/printk/ratelimit.hpp>
