// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The PCI devices that a driver is for. C API: <linux/mod_devicetable.h>, <linux/pci.h>.
///
///     static constexpr pci::Ids ids{pci::id(0x1234, 0x11e8)};
///     static constexpr pci::Ids ids{pci::id(0x8086, 0x10d3, Model{.queues = 2}),
///                                   pci::id(0x8086, 0x10d4, Model{.queues = 4})};

#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <type_traits>

#include <generated/kcxx-bindings.hpp>
#include <kernel/types/integers.hpp>

namespace kernel::pci
{

/// No data for a device
struct NoData {
};

/// One row of the ids of a driver: devices that match all that it names. `Data` is what the driver
/// wants to know of them.
template <typename Data = NoData>
struct Id {
	u32 vendor;                      ///< the vendor's id
	u32 device;                      ///< the device's id
	Data data{};                     ///< for probe()
	u32 subvendor = KCXX_PCI_ANY_ID; ///< the vendor's id of the card
	u32 subdevice = KCXX_PCI_ANY_ID; ///< the id of the card
	u32 device_class = 0;            ///< base class, class, interface
	u32 class_mask = 0;              ///< the bits of device_class that count

	/// The same devices, on this card alone
	[[nodiscard]] constexpr Id on_card(u32 vendor_of_card, u32 card) const
	{
		Id id = *this;
		id.subvendor = vendor_of_card;
		id.subdevice = card;
		return id;
	}
};

/// The device of this vendor
[[nodiscard]] constexpr Id<> id(u16 vendor, u16 device)
{
	return {.vendor = vendor, .device = device};
}

/// The device of this vendor, with data for probe()
template <typename Data>
[[nodiscard]] constexpr Id<Data> id(u16 vendor, u16 device, Data data)
{
	return {.vendor = vendor, .device = device, .data = data};
}

/// All devices of a class, of which `mask` names the bits that count: 0xffff00 without the
/// programming interface
[[nodiscard]] constexpr Id<> class_id(u32 device_class, u32 mask)
{
	return {.vendor = KCXX_PCI_ANY_ID,
		.device = KCXX_PCI_ANY_ID,
		.device_class = device_class,
		.class_mask = mask};
}

/// The ids of a driver: a static constexpr member of it, named `ids`
template <typename Data, std::size_t Count>
class Ids
{
public:
	/// The type of the data, or NoData
	using DataType = Data;

	/// All rows have data of one type.
	template <std::same_as<Id<Data>>... More>
	explicit consteval Ids(Id<Data> first, More... more) : rows_{first, more...}
	{
	}

	/// The data of the row that the kernel found
	[[nodiscard]] constexpr const Data &data(std::size_t row) const { return rows_[row].data; }

	/// C's table: a row for each id, which holds its number, and a row of zeros
	[[nodiscard]] consteval std::array<::pci_device_id, Count + 1> table() const
	{
		std::array<::pci_device_id, Count + 1> made{};
		for (std::size_t row = 0; row < Count; ++row) {
			made[row].vendor = rows_[row].vendor;
			made[row].device = rows_[row].device;
			made[row].subvendor = rows_[row].subvendor;
			made[row].subdevice = rows_[row].subdevice;
			made[row].class_ = rows_[row].device_class;
			made[row].class_mask = rows_[row].class_mask;
			made[row].driver_data = row;
		}
		return made;
	}

private:
	std::array<Id<Data>, Count> rows_;
};

/// The ids of a driver have the type of their data and their number.
template <typename Data, typename... More>
Ids(Id<Data>, More...) -> Ids<Data, 1 + sizeof...(More)>;

} // namespace kernel::pci
