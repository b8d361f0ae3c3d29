// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The configuration space of PCI devices, and the capabilities in it. C API:
/// pci_read_config_word() and its like of <linux/pci.h>.
///
///     struct PowerControl : Register<u16, 4> { using State = Field<1, 0>; };
///     auto power = KTRY(device.capability<8>(pci::capabilities::power_management));
///     const u16 state = power.read<PowerControl>().get<PowerControl::State>();

#pragma once

#include <cstddef>

#include <generated/bindings/pci/config.hpp>
#include <kernel/io/register.hpp>
#include <kernel/io/registers.hpp>

struct pci_dev;

namespace kernel::pci
{

/// `Size` bytes of a device's configuration space, whose registers have 8, 16 or 32 bits. Copies
/// are of the same registers. A device that is unplugged reads as ones. Context of all reads and
/// writes: any. BoundDevice::config() and BoundDevice::capability() make it.
template <std::size_t Size>
class ConfigSpace : public Registers<ConfigSpace<Size>>
{
public:
	/// The number of bytes
	static constexpr std::size_t size = Size;

	/// The place of the first byte in the device's configuration space
	[[nodiscard]] int start() const noexcept { return start_; }

private:
	friend Registers<ConfigSpace>;
	friend class BoundDevice;

	ConfigSpace(::pci_dev *device, int start) noexcept : device_{device}, start_{start} {}

	// SAFETY, of all below: the device is bound to this driver, and the register is in the
	// configuration space.

	template <typename Word>
	[[nodiscard]] Word load(std::size_t offset) const noexcept
	{
		static_assert(
			sizeof(Word) <= 4,
			"kcxx-E1433: a register of the configuration space has 8, 16 or 32 bits");
		if constexpr (sizeof(Word) == 1)
			return bindings::kcxx_pci_read_config_byte(device_, at(offset));
		else if constexpr (sizeof(Word) == 2)
			return bindings::kcxx_pci_read_config_word(device_, at(offset));
		else
			return bindings::kcxx_pci_read_config_dword(device_, at(offset));
	}
	template <typename Word>
	[[nodiscard]] Word load_relaxed(std::size_t offset) const noexcept
	{
		return load<Word>(offset);
	}

	template <typename Word>
	void store(std::size_t offset, Word word) const noexcept
	{
		static_assert(
			sizeof(Word) <= 4,
			"kcxx-E1433: a register of the configuration space has 8, 16 or 32 bits");
		if constexpr (sizeof(Word) == 1)
			(void)bindings::pci_write_config_byte(device_, at(offset), word);
		else if constexpr (sizeof(Word) == 2)
			(void)bindings::pci_write_config_word(device_, at(offset), word);
		else
			(void)bindings::pci_write_config_dword(device_, at(offset), word);
	}
	template <typename Word>
	void store_relaxed(std::size_t offset, Word word) const noexcept
	{
		store<Word>(offset, word);
	}

	[[nodiscard]] int at(std::size_t offset) const noexcept
	{
		return start_ + static_cast<int>(offset);
	}

	::pci_dev *device_;
	int start_;
};

/// The command register, with which the kernel enables what a device does
struct CommandRegister : Register<u16, 0x04> {
	using Ports = Bit<0>;               ///< it answers at its ports
	using Memory = Bit<1>;              ///< it answers at its memory
	using Master = Bit<2>;              ///< it reaches memory by itself
	using InterruptsDisabled = Bit<10>; ///< of its line; messages are not meant
};

/// The number of a capability, in the list of the first 256 bytes
class Capability
{
public:
	/// C's number, of PCI_CAP_ID_….
	explicit constexpr Capability(int number) noexcept : number_{number} {}
	/// C's number
	[[nodiscard]] constexpr int number() const noexcept { return number_; }

private:
	int number_;
};

namespace capabilities
{

inline constexpr Capability power_management{0x01}; ///< states of power
inline constexpr Capability messages{0x05};         ///< MSI
inline constexpr Capability vendor{0x09};           ///< of the vendor's own
inline constexpr Capability express{0x10};          ///< PCI Express
inline constexpr Capability msix{0x11};             ///< MSI-X

} // namespace capabilities

/// The number of an extended capability, behind the first 256 bytes
class ExtendedCapability
{
public:
	/// C's number, of PCI_EXT_CAP_ID_….
	explicit constexpr ExtendedCapability(int number) noexcept : number_{number} {}
	/// C's number
	[[nodiscard]] constexpr int number() const noexcept { return number_; }

private:
	int number_;
};

namespace capabilities
{

inline constexpr ExtendedCapability error_reporting{0x01}; ///< AER
inline constexpr ExtendedCapability serial_number{0x03};   ///< DSN
inline constexpr ExtendedCapability vendor_specific{0x0b}; ///< of the vendor's own

} // namespace capabilities
} // namespace kernel::pci
