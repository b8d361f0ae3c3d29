// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// AMBA devices: Arm's PrimeCells, which tell their own ids. C API: <linux/amba/bus.h>.

#pragma once

#include <cstddef>
#include <utility>

#include <generated/bindings/amba/device.hpp>
#include <kernel/device/bus_device.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/io/mmio.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/integers.hpp>

struct amba_device;

namespace kernel::amba
{

/// An AMBA device: a reference of this type is a pointer to C's struct amba_device.
class Device : public BusDevice<Device, ::amba_device>
{
public:
	// SAFETY, of all below: the device lives.

	/// Designer, part and revision, as the device has them
	[[nodiscard]] u32 peripheral_id() const noexcept { return raw()->periphid; }
};

/// An AMBA device that is bound to this driver. What the functions below acquire is released when
/// probe() fails or the device is unbound, in the reverse order. The kernel enables the device's
/// clock before probe().
class BoundDevice : public BoundBusDevice<BoundDevice, Device>
{
public:
	// SAFETY, of all below: the device is bound to this driver.

	/// Maps `Size` bytes of the device's registers, which are reserved for this driver.
	///
	///     auto registers = KTRY(device.map<0x1000>());
	///
	/// Errors: ENODEV if the device has fewer bytes; EBUSY if another driver has them; ENOMEM.
	/// Context: may sleep.
	template <std::size_t Size>
	Result<Mmio<Size>> map() KCXX_MAY_SLEEP
	{
		static_assert(Size != 0, "kcxx-E1301: map<0x1000>(): the number of bytes to map");
		return Mmio<Size>::adopt(KTRY(map_raw(Size)));
	}

	/// The number of the device's interrupt `index`, for Irq::request().
	///
	/// Errors: ENXIO if there is none. Context: any.
	[[nodiscard]] Result<unsigned int> irq(unsigned int index) const
	{
		if (index >= KCXX_AMBA_NR_IRQS || raw()->irq[index] == 0)
			return ENXIO;
		return raw()->irq[index];
	}

private:
	/// The registers, mapped and reserved
	struct Mapping {
		::amba_device *device;
		void *registers = nullptr;

		explicit Mapping(::amba_device *adev) : device{adev} {}
		Mapping(const Mapping &) = delete;
		Mapping &operator=(const Mapping &) = delete;
		Mapping(Mapping &&other) noexcept
		    : device{std::exchange(other.device, nullptr)},
		      registers{std::exchange(other.registers, nullptr)}
		{
		}
		Mapping &operator=(Mapping &&) = delete;
		~Mapping()
		{
			if (registers != nullptr)
				bindings::kcxx_amba_unmap(registers);
			if (device != nullptr)
				bindings::amba_release_regions(device);
		}
	};

	Result<volatile void *> map_raw(std::size_t size)
	{
		if (bindings::kcxx_amba_memory_size(raw()) < size)
			return ENODEV;
		KTRY(to_result(bindings::amba_request_regions(raw(), KBUILD_MODNAME)));
		Mapping mapping{raw()};
		mapping.registers = bindings::kcxx_amba_map(raw(), size);
		if (mapping.registers == nullptr)
			return ENOMEM;
		kernel::BoundDevice &generic = *this;
		return KTRY(generic.keep(std::move(mapping)))->registers;
	}
};

} // namespace kernel::amba
