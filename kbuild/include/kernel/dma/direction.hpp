// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The ways that data goes between memory and a device. C API: enum dma_data_direction of
/// <linux/dma-direction.h>.

#pragma once

#include <generated/bindings/dma/direction.hpp>

namespace kernel::dma
{

/// The way of the data. It is a part of a mapping's type.
enum class Direction : unsigned int {
	bidirectional = KCXX_DMA_BIDIRECTIONAL, ///< the device reads and writes
	to_device = KCXX_DMA_TO_DEVICE,         ///< the device reads
	from_device = KCXX_DMA_FROM_DEVICE,     ///< the device writes
};

inline constexpr Direction bidirectional = Direction::bidirectional; ///< reads and writes
inline constexpr Direction to_device = Direction::to_device;         ///< the device reads
inline constexpr Direction from_device = Direction::from_device;     ///< the device writes

} // namespace kernel::dma
