// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// PCI devices. C API: <linux/pci.h>.

#pragma once

#include <cstddef>
#include <utility>

#include <generated/bindings/pci/device.hpp>
#include <kernel/device/bus_device.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/io/mmio.hpp>
#include <kernel/io/ports.hpp>
#include <kernel/pci/config.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/functional.hpp>
#include <kernel/types/integers.hpp>

struct pci_dev;

namespace kernel::pci
{

/// A PCI device: a reference of this type is a pointer to C's struct pci_dev.
class Device : public BusDevice<Device, ::pci_dev>
{
public:
	// SAFETY, of all below: the device lives.

	/// The PCI device that `device` is: for the parent of an auxiliary device. Errors: EINVAL
	/// for a device of another bus. Context: any.
	[[nodiscard]] static Result<std::reference_wrapper<Device>>
	from(kernel::Device &device) noexcept
	{
		auto *c = bindings::kcxx_as_pci_dev(device);
		if (c == nullptr)
			return EINVAL;
		return std::ref(of(c));
	}

	/// The vendor's id
	[[nodiscard]] u16 vendor() const noexcept { return raw()->vendor; }
	/// The device's id
	[[nodiscard]] u16 device() const noexcept { return raw()->device; }
	/// The vendor's id of the card
	[[nodiscard]] u16 subvendor() const noexcept { return raw()->subsystem_vendor; }
	/// The id of the card
	[[nodiscard]] u16 subdevice() const noexcept { return raw()->subsystem_device; }
	/// The revision of the device
	[[nodiscard]] u8 revision() const noexcept { return raw()->revision; }
	/// Base class, class and interface
	[[nodiscard]] u32 device_class() const noexcept { return raw()->class_; }

	/// The size of a base address register in bytes: 0 if there is none
	[[nodiscard]] u64 bar_size(int bar) const noexcept
	{
		return bindings::kcxx_pci_resource_len(raw(), bar);
	}

	/// True if an interrupt of the device is a message (MSI or MSI-X).
	[[nodiscard]] bool has_messages() const noexcept
	{
		return raw()->msi_enabled != 0 || raw()->msix_enabled != 0;
	}
};

/// The interrupts of a device, until it is unbound. BoundDevice::irq_vectors() makes it.
class IrqVectors
{
public:
	/// How many there are
	[[nodiscard]] unsigned int count() const noexcept { return count_; }

	/// The number of the vector `index` for Irq::request(); BUG()s if there is none.
	[[nodiscard]] unsigned int irq(unsigned int index) const
	{
		require(index);
		// SAFETY: the vector is allocated.
		return static_cast<unsigned int>(bindings::pci_irq_vector(device_, index));
	}

	/// True if the vector `index` was allocated for the CPU `cpu`, by
	/// BoundDevice::spread_irq_vectors(): a driver with a queue for each CPU has the vector's
	/// queue for it. True for all CPUs that may come, if the vector is not one of those spread.
	/// BUG()s if there is no such vector. C: pci_irq_get_affinity(). Context: any.
	[[nodiscard]] bool serves(unsigned int index, unsigned int cpu) const
	{
		require(index);
		// SAFETY: the vector is allocated.
		return bindings::kcxx_pci_irq_serves(device_, index, cpu);
	}

private:
	void require(unsigned int index) const
	{
		if (index >= count_) [[unlikely]]
			bug("pci::IrqVectors: index out of bounds");
	}

	friend class BoundDevice;
	IrqVectors(::pci_dev *device, unsigned int count) noexcept : device_{device}, count_{count}
	{
	}

	::pci_dev *device_;
	unsigned int count_;
};

/// The kinds of interrupts that a device has: `irq_kinds::msi | irq_kinds::intx`
class IrqKinds
{
public:
	/// C's bits, of PCI_IRQ_….
	explicit constexpr IrqKinds(unsigned int bits) noexcept : bits_{bits} {}
	/// C's bits
	[[nodiscard]] constexpr unsigned int bits() const noexcept { return bits_; }
	/// Both kinds.
	friend constexpr IrqKinds operator|(IrqKinds a, IrqKinds b) noexcept
	{
		return IrqKinds{a.bits_ | b.bits_};
	}

private:
	unsigned int bits_;
};

namespace irq_kinds
{

inline constexpr IrqKinds intx{KCXX_PCI_IRQ_INTX}; ///< a line, which devices may share
inline constexpr IrqKinds msi{KCXX_PCI_IRQ_MSI};   ///< messages, up to 32
inline constexpr IrqKinds msix{KCXX_PCI_IRQ_MSIX}; ///< messages, up to 2048
inline constexpr IrqKinds all = intx | msi | msix; ///< the best that the device has

} // namespace irq_kinds

/// The vectors of BoundDevice::spread_irq_vectors() that are not for some of the CPUs, but for the
/// device's other events. C: struct irq_affinity
struct Unspread {
	unsigned int before = 0; ///< so many of the first ones
	unsigned int after = 0;  ///< so many of the last ones
};

/// The states of power of a device: the deeper, the longer it takes to wake. C: pci_power_t
enum class PowerState : int {
	d0 = KCXX_PCI_D0,         ///< it works
	d1 = KCXX_PCI_D1,         ///< a light sleep, which few devices have
	d2 = KCXX_PCI_D2,         ///< a deeper one
	d3hot = KCXX_PCI_D3HOT,   ///< asleep: the configuration space alone answers
	d3cold = KCXX_PCI_D3COLD, ///< without power
};

/// A PCI device that is bound to this driver. What the functions below acquire is released when
/// probe() fails or the device is unbound, in the reverse order.
class BoundDevice : public BoundBusDevice<BoundDevice, Device>
{
public:
	// SAFETY, of all below: the device is bound to this driver, and what is acquired is given
	// back once, when it is unbound.

	/// Wakes the device up, and enables its memory and its ports.
	///
	/// Errors: as of pci_enable_device(). Context: may sleep.
	Result<> enable() KCXX_MAY_SLEEP
	{
		KTRY(to_result(bindings::pci_enable_device(raw())));
		return generic().at_unbind(
			[](void *pdev) {
				bindings::pci_disable_device(static_cast<::pci_dev *>(pdev));
			},
			raw());
	}

	/// Lets the device reach memory by itself (DMA), until it is unbound: then this ends before
	/// anything is released. Context: may sleep.
	void set_master() KCXX_MAY_SLEEP { bindings::pci_set_master(raw()); }

	/// No longer lets the device reach memory, if set_master() did. Context: may sleep.
	void clear_master() KCXX_MAY_SLEEP
	{
		if (raw()->is_busmaster != 0)
			bindings::pci_clear_master(raw());
	}

	/// The first 256 bytes of the configuration space
	[[nodiscard]] ConfigSpace<256> config() const noexcept { return {raw(), 0}; }

	/// `Size` bytes of a capability. Offsets of registers count from its first byte, which has
	/// its number.
	///
	/// Errors: ENOENT if the device lacks it. Context: any.
	template <std::size_t Size>
	[[nodiscard]] Result<ConfigSpace<Size>> capability(Capability which) const
	{
		const int start = bindings::pci_find_capability(raw(), which.number());
		if (start == 0)
			return ENOENT;
		return ConfigSpace<Size>{raw(), start};
	}
	/// The same of an extended capability of PCI Express.
	template <std::size_t Size>
	[[nodiscard]] Result<ConfigSpace<Size>> capability(ExtendedCapability which) const
	{
		const int start = bindings::pci_find_ext_capability(raw(), which.number());
		if (start == 0)
			return ENOENT;
		return ConfigSpace<Size>{raw(), start};
	}

	/// The state of power, as the kernel set it last
	[[nodiscard]] PowerState power_state() const noexcept
	{
		return static_cast<PowerState>(raw()->current_state);
	}
	/// Puts the device to sleep, or wakes it. In D3 it may lose all but its identity: call
	/// save_state() before, and restore_state() after it woke.
	///
	/// Errors: EIO or EINVAL if the device cannot. Context: may sleep.
	Result<> set_power_state(PowerState state) KCXX_MAY_SLEEP
	{
		return to_result(
			bindings::kcxx_pci_set_power_state(raw(), static_cast<int>(state)));
	}
	/// Saves the configuration space. Errors: ENOMEM. Context: may sleep.
	Result<> save_state() KCXX_MAY_SLEEP { return to_result(bindings::pci_save_state(raw())); }
	/// Writes the configuration space as save_state() saved it. Context: may sleep.
	void restore_state() KCXX_MAY_SLEEP { bindings::pci_restore_state(raw()); }

	/// Resets this function of the device alone, and restores its configuration space. For
	/// functions that the kernel calls with the device locked: probe(), start(), stop().
	///
	/// Errors: ENOTTY if the device has no way to be reset. Context: may sleep.
	Result<> reset() KCXX_MAY_SLEEP
	{
		return to_result(bindings::pci_reset_function_locked(raw()));
	}
	/// The same from elsewhere: a file, a work.
	///
	/// Errors besides: EAGAIN if the device is locked. Context: may sleep.
	Result<> try_reset() KCXX_MAY_SLEEP
	{
		return to_result(bindings::pci_try_reset_function(raw()));
	}

	/// Reserves `Size` ports behind a base address register for this driver. enable() comes
	/// first.
	///
	/// Errors: ENODEV if the register is not one of ports, or smaller; EBUSY if another driver
	/// has it; ENOMEM. Context: may sleep.
	template <std::size_t Size>
	Result<Ports<Size>> ports(int bar) KCXX_MAY_SLEEP
	{
		static_assert(Size != 0, "kcxx-E1434: ports<0x20>(bar): the number of ports");
		if (!bindings::kcxx_pci_bar_is_ports(raw(), bar) || bar_size(bar) < Size)
			return ENODEV;
		KTRY(to_result(bindings::pci_request_region(raw(), bar, KBUILD_MODNAME)));
		(void)KTRY(generic().keep(Mapping{raw(), bar}));
		return Ports<Size>::adopt(bindings::kcxx_pci_resource_start(raw(), bar));
	}

	/// Maps `Size` bytes of the memory behind a base address register, which is reserved for
	/// this driver. enable() comes first.
	///
	///     auto registers = KTRY(device.map<0x100>(0));
	///
	/// Errors: ENODEV if the register is not one of memory, or smaller; EBUSY if another driver
	/// has it; ENOMEM. Context: may sleep.
	template <std::size_t Size>
	Result<Mmio<Size>> map(int bar) KCXX_MAY_SLEEP
	{
		static_assert(Size != 0, "kcxx-E1435: map<0x100>(bar): the number of bytes to map");
		return Mmio<Size>::adopt(KTRY(map_raw(bar, Size)));
	}

	/// Allocates `least` to `most` interrupts of the kinds named.
	///
	/// Errors: ENOSPC if there are fewer; as of pci_alloc_irq_vectors(). Context: may sleep.
	Result<IrqVectors> irq_vectors(unsigned int least, unsigned int most,
				       IrqKinds kinds = irq_kinds::all) KCXX_MAY_SLEEP
	{
		return keep_vectors(
			bindings::kcxx_pci_alloc_irq_vectors(raw(), least, most, kinds.bits()));
	}

	/// Allocates `least` to `most` messages as interrupts, and spreads them over the CPUs: each
	/// CPU has one vector, and each vector some CPUs. The kernel keeps them there, and users
	/// cannot move them. There are never more of them than CPUs, and the unspread ones besides.
	/// An Irq of such a vector has no set_cpu() to call.
	///
	///     auto vectors = KTRY(device.spread_irq_vectors(2, 32, {.before = 1}));
	///
	/// Errors: ENOSPC if the device has fewer, or `least` is not more than the unspread ones;
	/// as of pci_alloc_irq_vectors_affinity(). Context: may sleep.
	Result<IrqVectors>
	spread_irq_vectors(unsigned int least, unsigned int most, Unspread unspread = {},
			   IrqKinds kinds = irq_kinds::msi | irq_kinds::msix) KCXX_MAY_SLEEP
	{
		return keep_vectors(bindings::kcxx_pci_spread_irq_vectors(
			raw(), least, most, kinds.bits(), unspread.before, unspread.after));
	}

private:
	/// The registers behind a base address register, mapped and reserved
	struct Mapping {
		::pci_dev *pdev;
		int bar;
		void *registers = nullptr;

		Mapping(::pci_dev *device, int number) : pdev{device}, bar{number} {}
		Mapping(const Mapping &) = delete;
		Mapping &operator=(const Mapping &) = delete;
		Mapping(Mapping &&other) noexcept
		    : pdev{std::exchange(other.pdev, nullptr)}, bar{other.bar},
		      registers{std::exchange(other.registers, nullptr)}
		{
		}
		Mapping &operator=(Mapping &&) = delete;
		~Mapping()
		{
			if (registers != nullptr)
				bindings::kcxx_pci_iounmap(pdev, registers);
			if (pdev != nullptr)
				bindings::pci_release_region(pdev, bar);
		}
	};

	[[nodiscard]] kernel::BoundDevice &generic() const noexcept { return *this; }

	/// The vectors, of which C allocated `count`, until the device is unbound
	Result<IrqVectors> keep_vectors(int count)
	{
		const int vectors = KTRY(from_c(count));
		KTRY(generic().at_unbind(
			[](void *pdev) {
				bindings::pci_free_irq_vectors(static_cast<::pci_dev *>(pdev));
			},
			raw()));
		return IrqVectors{raw(), static_cast<unsigned int>(vectors)};
	}

	Result<volatile void *> map_raw(int bar, std::size_t size)
	{
		if (!bindings::kcxx_pci_bar_is_memory(raw(), bar) || bar_size(bar) < size)
			return ENODEV;
		KTRY(to_result(bindings::pci_request_region(raw(), bar, KBUILD_MODNAME)));
		Mapping mapping{raw(), bar};
		mapping.registers = bindings::kcxx_pci_iomap(raw(), bar, size);
		if (mapping.registers == nullptr)
			return ENOMEM;
		return KTRY(generic().keep(std::move(mapping)))->registers;
	}
};

} // namespace kernel::pci
