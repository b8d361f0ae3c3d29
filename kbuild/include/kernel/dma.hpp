// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Memory that devices reach by themselves. C API: <linux/dma-mapping.h>.

#pragma once

#include <kernel/dma/coherent.hpp>
