// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Memory that devices reach by themselves. C API: <linux/dma-mapping.h>, <linux/dmapool.h>,
/// <linux/scatterlist.h>.

#pragma once

#include <kernel/dma/address.hpp>
#include <kernel/dma/buffer.hpp>
#include <kernel/dma/coherent.hpp>
#include <kernel/dma/direction.hpp>
#include <kernel/dma/mapping.hpp>
#include <kernel/dma/pool.hpp>
#include <kernel/dma/scatter_list.hpp>
