// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Memory of the kernel and of user space. C API: <linux/slab.h>, <linux/mm.h>, <linux/uaccess.h>
/// and others.

#pragma once

#include <kernel/memory/box.hpp>
#include <kernel/memory/mm.hpp>
#include <kernel/memory/page.hpp>
#include <kernel/memory/percpu.hpp>
#include <kernel/memory/slab.hpp>
#include <kernel/memory/slab_cache.hpp>
#include <kernel/memory/uaccess.hpp>
#include <kernel/memory/vec.hpp>
