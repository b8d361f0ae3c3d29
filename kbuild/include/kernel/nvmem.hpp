// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// All headers of non-volatile memory. C API: see each.

#pragma once

#include <kernel/nvmem/cell.hpp>
#include <kernel/nvmem/lookup.hpp>
#include <kernel/nvmem/provider.hpp>
