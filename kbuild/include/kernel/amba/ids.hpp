// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The AMBA devices that a driver is for. C API: struct amba_id of <linux/mod_devicetable.h>.
///
///     static constexpr amba::Ids ids{amba::id(0x00041031, 0x000fffff)};

#pragma once

#include <cstddef>

#include <generated/bindings/amba/ids.hpp>
#include <kernel/device/ids.hpp>
#include <kernel/types/integers.hpp>

namespace kernel::amba
{

/// One row of the ids of a driver: the devices whose peripheral id has these bits
template <typename Data = NoData>
struct Id {
	/// C's row
	using Raw = ::amba_id;
	/// The type of the data
	using DataType = Data;

	u32 peripheral = 0; ///< designer, part and revision
	u32 mask = 0;       ///< its bits that count
	Data data{};        ///< for probe()

	/// Writes C's row.
	constexpr void fill(Raw &raw, std::size_t /*row*/) const
	{
		raw.id = peripheral;
		raw.mask = mask;
	}
};

/// The devices whose peripheral id has the bits of `peripheral` that are in `mask`
[[nodiscard]] constexpr Id<> id(u32 peripheral, u32 mask)
{
	return {.peripheral = peripheral, .mask = mask};
}

/// The same, with data for probe()
template <typename Data>
[[nodiscard]] constexpr Id<Data> id(u32 peripheral, u32 mask, Data data)
{
	return {.peripheral = peripheral, .mask = mask, .data = data};
}

/// The ids of a driver: a static constexpr member of it, named `ids`
template <typename Row, std::size_t Count>
struct Ids : IdTable<Row, Count> {
	using IdTable<Row, Count>::IdTable;
};

/// The ids of a driver have the type of their data and their number.
template <typename Data, typename... More>
Ids(Id<Data>, More...) -> Ids<Id<Data>, 1 + sizeof...(More)>;

} // namespace kernel::amba
