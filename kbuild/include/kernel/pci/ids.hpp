// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The PCI devices that a driver is for. C API: <linux/mod_devicetable.h>, <linux/pci.h>.
///
///     static constexpr pci::Ids ids{pci::id(0x1234, 0x11e8)};
///     static constexpr pci::Ids ids{pci::id(0x8086, 0x10d3, Model{.queues = 2}),
///                                   pci::id(0x8086, 0x10d4, Model{.queues = 4})};

#pragma once

#include <cstddef>

#include <generated/bindings/pci/ids.hpp>
#include <kernel/device/ids.hpp>
#include <kernel/types/integers.hpp>

namespace kernel::pci
{

/// One row of the ids of a driver: devices that match all that it names. `Data` is what the driver
/// wants to know of them.
template <typename Data = NoData>
struct Id {
	/// C's row
	using Raw = ::pci_device_id;
	/// The type of the data
	using DataType = Data;

	u32 vendor = 0;                  ///< the vendor's id
	u32 device = 0;                  ///< the device's id
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

	/// Writes C's row.
	constexpr void fill(Raw &raw, std::size_t row) const
	{
		raw.vendor = vendor;
		raw.device = device;
		raw.subvendor = subvendor;
		raw.subdevice = subdevice;
		raw.class_ = device_class;
		raw.class_mask = class_mask;
		raw.driver_data = row;
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
template <typename Row, std::size_t Count>
struct Ids : IdTable<Row, Count> {
	using IdTable<Row, Count>::IdTable;
};

/// The ids of a driver have the type of their data and their number.
template <typename Data, typename... More>
Ids(Id<Data>, More...) -> Ids<Id<Data>, 1 + sizeof...(More)>;

} // namespace kernel::pci
