// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A module, its description and its parameters. C API: <linux/module.h>, <linux/moduleparam.h>.

#pragma once

#include <kernel/module/live_objects.hpp>
#include <kernel/module/modinfo.hpp>
#include <kernel/module/module.hpp>
#include <kernel/module/module_param.hpp>
