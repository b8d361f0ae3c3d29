// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The headers that nearly every module needs. C API: none of its own.

#pragma once

#include <kernel/bug.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/box.hpp>
#include <kernel/memory/slab.hpp>
#include <kernel/memory/vec.hpp>
#include <kernel/module/modinfo.hpp>
#include <kernel/module/module.hpp>
#include <kernel/printk/printk.hpp>
#include <kernel/safe.hpp>
#include <kernel/string.hpp>
#include <kernel/sync/arc.hpp>
#include <kernel/types/all.hpp>
