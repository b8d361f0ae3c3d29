// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The auxiliary devices that a driver is for, by their names. C API: struct auxiliary_device_id of
/// <linux/mod_devicetable.h>.
///
///     static constexpr auxiliary::Ids ids{auxiliary::id("nova.graphics")};

#pragma once

#include <cstddef>

#include <generated/bindings/auxiliary/ids.hpp>
#include <kernel/device/ids.hpp>

namespace kernel::auxiliary
{

/// One row of the ids of a driver: `name` is that of the module which made the device, a dot, and
/// its own name
template <typename Data = NoData>
using Id = kernel::detail::NamedId<::auxiliary_device_id, &::auxiliary_device_id::name, Data>;

/// The devices of this name
[[nodiscard]] consteval Id<> id(const char *name)
{
	return {.name = name};
}

/// The same, with data for probe()
template <typename Data>
[[nodiscard]] consteval Id<Data> id(const char *name, Data data)
{
	return {.name = name, .data = data};
}

/// The ids of a driver: a static constexpr member of it, named `ids`
template <typename Row, std::size_t Count>
struct Ids : IdTable<Row, Count> {
	using IdTable<Row, Count>::IdTable;
};

/// The ids of a driver have the type of their data and their number.
template <typename Data, typename... More>
Ids(Id<Data>, More...) -> Ids<Id<Data>, 1 + sizeof...(More)>;

} // namespace kernel::auxiliary
