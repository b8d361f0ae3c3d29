// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The devices that a driver is for, on any bus. C API: <linux/mod_devicetable.h>.

#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <type_traits>

namespace kernel
{

/// No data for a device
struct NoData {
};

/// The ids of a driver, a row each. A bus has its own name for it, such as pci::Ids.
///
/// \tparam Row `Raw` is C's row, `DataType` the data for probe(), `data` the data of this row;
///         `constexpr void fill(Raw &, std::size_t row) const` writes C's row, with its number
template <typename Row, std::size_t Count>
class IdTable
{
public:
	/// The type of the data, or NoData
	using DataType = typename Row::DataType;

	/// All rows have data of one type.
	template <std::same_as<Row>... More>
	explicit constexpr IdTable(Row first, More... more) : rows_{first, more...}
	{
	}

	/// The data of the row that the kernel found
	[[nodiscard]] constexpr const DataType &data(std::size_t row) const
	{
		return rows_[row].data;
	}

	/// C's table: a row for each id, and a row of zeros
	[[nodiscard]] consteval std::array<typename Row::Raw, Count + 1> table() const
	{
		std::array<typename Row::Raw, Count + 1> made{};
		for (std::size_t row = 0; row < Count; ++row)
			rows_[row].fill(made[row], row);
		return made;
	}

private:
	std::array<Row, Count> rows_;
};

namespace detail
{

/// A text in C's array of characters, with a zero at its end. A text that is too long is refused:
/// the array has no such element.
template <typename Array>
consteval void copy_name(Array &to, const char *name)
{
	std::size_t at = 0;
	for (; name[at] != '\0'; ++at)
		to[at] = static_cast<std::remove_reference_t<decltype(to[0])>>(name[at]);
	to[at] = 0;
}

/// One row of the ids of a driver, for a bus whose devices have names
///
/// \tparam RawRow C's row
/// \tparam Name its member for the name
template <typename RawRow, auto Name, typename Data>
struct NamedId {
	/// C's row
	using Raw = RawRow;
	/// The type of the data
	using DataType = Data;

	const char *name = nullptr; ///< the device's name
	Data data{};                ///< for probe()

	/// Writes C's row.
	consteval void fill(Raw &raw, std::size_t row) const
	{
		copy_name(raw.*Name, name);
		raw.driver_data = row;
	}
};

/// True if a driver has ids of its bus
template <typename T>
concept HasIds = requires { T::ids.table(); };
/// True if a driver has ids of a device tree
template <typename T>
concept HasOfIds = requires { T::of_ids.table(); };
/// True if a driver has ids of ACPI
template <typename T>
concept HasAcpiIds = requires { T::acpi_ids.table(); };

/// The ids of a driver that have the data for probe(): all its ids have data of one type
template <typename T>
consteval auto ids_with_data()
{
	if constexpr (HasOfIds<T>)
		return T::of_ids;
	else if constexpr (HasAcpiIds<T>)
		return T::acpi_ids;
	else if constexpr (HasIds<T>)
		return T::ids;
}

template <typename Table>
struct DataOfTable {
	using Type = typename Table::DataType;
};
template <>
struct DataOfTable<void> {
	using Type = NoData;
};

/// The type of the data of a driver's ids
template <typename T>
using IdData = typename DataOfTable<decltype(ids_with_data<T>())>::Type;

/// C's table with the terminating row alone, of a driver without such ids
template <typename Raw>
inline constexpr std::array<Raw, 1> no_ids{};

/// C's table of a driver's ids of its bus
template <typename T, typename Raw>
consteval auto table_of()
{
	if constexpr (HasIds<T>)
		return T::ids.table();
	else
		return no_ids<Raw>;
}

/// C's table of a driver's ids of a device tree
template <typename T, typename Raw>
consteval auto of_table_of()
{
	if constexpr (HasOfIds<T>)
		return T::of_ids.table();
	else
		return no_ids<Raw>;
}

/// C's table of a driver's ids of ACPI
template <typename T, typename Raw>
consteval auto acpi_table_of()
{
	if constexpr (HasAcpiIds<T>)
		return T::acpi_ids.table();
	else
		return no_ids<Raw>;
}

} // namespace detail
} // namespace kernel
