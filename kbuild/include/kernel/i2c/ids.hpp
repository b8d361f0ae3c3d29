// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The I2C devices that a driver is for, by their names. C API: struct i2c_device_id of
/// <linux/mod_devicetable.h>.
///
///     static constexpr i2c::Ids ids{i2c::id("lm75")};

#pragma once

#include <cstddef>

#include <generated/bindings/i2c/ids.hpp>
#include <kernel/device/ids.hpp>

namespace kernel::i2c
{

/// One row of the ids of a driver: `name` is the device's name, without its vendor
template <typename Data = NoData>
using Id = kernel::detail::NamedId<::i2c_device_id, &::i2c_device_id::name, Data>;

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

} // namespace kernel::i2c
