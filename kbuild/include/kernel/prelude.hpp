// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The headers that nearly every module needs. C API: none of its own.

#pragma once

#include <kernel/all.hpp>
#include <kernel/arc.hpp>
#include <kernel/box.hpp>
#include <kernel/bug.hpp>
#include <kernel/error.hpp>
#include <kernel/modinfo.hpp>
#include <kernel/module.hpp>
#include <kernel/printk.hpp>
#include <kernel/slab.hpp>
#include <kernel/string.hpp>
#include <kernel/vec.hpp>
