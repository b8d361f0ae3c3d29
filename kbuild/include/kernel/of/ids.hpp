// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The nodes of a device tree that a driver is for. C API: struct of_device_id of
/// <linux/mod_devicetable.h>.
///
///     static constexpr of::Ids of_ids{of::compatible("acme,pump")};
///     static constexpr of::Ids of_ids{of::compatible("acme,pump-2", Model{.valves = 4})};

#pragma once

#include <cstddef>

#include <generated/bindings/of/ids.hpp>
#include <kernel/device/ids.hpp>

namespace kernel::of
{

/// One row of the ids of a driver
template <typename Data = NoData>
struct Id {
	/// C's row
	using Raw = ::of_device_id;
	/// The type of the data
	using DataType = Data;

	const char *name = nullptr; ///< the node's `compatible`
	Data data{};                ///< for probe()

	/// Writes C's row.
	consteval void fill(Raw &raw, std::size_t /*row*/) const
	{
		kernel::detail::copy_name(raw.compatible, name);
		raw.data = &data;
	}
};

/// The nodes that are compatible with `name`: "vendor,device"
[[nodiscard]] consteval Id<> compatible(const char *name)
{
	return {.name = name};
}

/// The same, with data for probe()
template <typename Data>
[[nodiscard]] consteval Id<Data> compatible(const char *name, Data data)
{
	return {.name = name, .data = data};
}

/// The ids of a driver: a static constexpr member of it, named `of_ids`
template <typename Row, std::size_t Count>
struct Ids : IdTable<Row, Count> {
	using IdTable<Row, Count>::IdTable;
};

/// The ids of a driver have the type of their data and their number.
template <typename Data, typename... More>
Ids(Id<Data>, More...) -> Ids<Id<Data>, 1 + sizeof...(More)>;

} // namespace kernel::of
