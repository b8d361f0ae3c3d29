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

/// C's table with the terminating row alone, of a driver without such ids
template <typename Raw>
inline constexpr std::array<Raw, 1> no_ids{};

} // namespace detail
} // namespace kernel
