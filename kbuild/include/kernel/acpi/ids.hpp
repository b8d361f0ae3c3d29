// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The devices of ACPI that a driver is for. C API: struct acpi_device_id of
/// <linux/mod_devicetable.h>.
///
///     static constexpr acpi::Ids acpi_ids{acpi::id("ACME0001")};
///     static constexpr acpi::Ids acpi_ids{acpi::id("ACME0002", Model{.valves = 4})};

#pragma once

#include <cstddef>

#include <generated/bindings/acpi/ids.hpp>
#include <kernel/device/ids.hpp>

namespace kernel::acpi
{

/// One row of the ids of a driver: `name` is the hardware id
template <typename Data = NoData>
using Id = kernel::detail::NamedId<::acpi_device_id, &::acpi_device_id::id, Data>;

/// The devices of a hardware id, such as "PNP0C0A"
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

/// The ids of a driver: a static constexpr member of it, named `acpi_ids`
template <typename Row, std::size_t Count>
struct Ids : IdTable<Row, Count> {
	using IdTable<Row, Count>::IdTable;
};

/// The ids of a driver have the type of their data and their number.
template <typename Data, typename... More>
Ids(Id<Data>, More...) -> Ids<Id<Data>, 1 + sizeof...(More)>;

} // namespace kernel::acpi
