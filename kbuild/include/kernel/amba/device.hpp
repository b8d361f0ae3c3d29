// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// AMBA devices: Arm's PrimeCells, which tell their own ids. C API: <linux/amba/bus.h>.

#pragma once

#include <cstddef>
#include <utility>

#include <generated/kcxx-bindings.hpp>
#include <kernel/device/device.hpp>
#include <kernel/device/property.hpp>
#include <kernel/error.hpp>
#include <kernel/io/mmio.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/integers.hpp>

struct amba_device;

namespace kernel::amba
{

/// An AMBA device: a reference of this type is a pointer to C's struct amba_device.
class Device
{
public:
	Device(const Device &) = delete;
	Device &operator=(const Device &) = delete;

	/// The device of a C function or callback, which lives as long as the reference is used.
	[[nodiscard]] static Device &of(::amba_device *raw) noexcept
	{
		return *reinterpret_cast<Device *>(raw);
	}
	/// For C functions: never null
	[[nodiscard]] ::amba_device *raw() const noexcept
	{
		return reinterpret_cast<::amba_device *>(const_cast<Device *>(this));
	}

	// SAFETY, of all below: the device lives.

	/// For C functions, and for dev_info() and its like: never null
	operator ::device *() const noexcept { return bindings::kcxx_amba_device(raw()); }
	/// As a device of any bus
	operator kernel::Device &() const noexcept { return kernel::Device::of(*this); }

	/// Designer, part and revision, as the device has them
	[[nodiscard]] u32 peripheral_id() const noexcept { return raw()->periphid; }

	/// The property `name`, see <kernel/device/property.hpp>
	template <typename T>
	[[nodiscard]] Result<T> property(const char *name) const
	{
		return kernel::property<T>(*this, name);
	}
	/// True if there is the property `name`. Context: any.
	[[nodiscard]] bool has_property(const char *name) const
	{
		return kernel::has_property(*this, name);
	}

protected:
	Device() = default;
	~Device() = default;
};

/// An AMBA device that is bound to this driver. What the functions below acquire is released when
/// probe() fails or the device is unbound, in the reverse order. The kernel enables the device's
/// clock before probe().
class BoundDevice : public Device
{
public:
	/// The device of a callback in which C's device is bound to this driver.
	[[nodiscard]] static BoundDevice &of(::amba_device *raw) noexcept
	{
		return *reinterpret_cast<BoundDevice *>(raw);
	}
	/// The same, of a callback for any device.
	[[nodiscard]] static BoundDevice &of_device(::device *raw) noexcept
	{
		// SAFETY: the caller's device is an AMBA device.
		return of(bindings::kcxx_to_amba_device(raw));
	}

	// SAFETY, of all below: the device is bound to this driver.

	/// As a device of any bus, for resources that are not of AMBA
	operator kernel::BoundDevice &() const noexcept
	{
		return kernel::BoundDevice::of(bindings::kcxx_amba_device(raw()));
	}

	/// Maps `Size` bytes of the device's registers, which are reserved for this driver.
	///
	///     auto registers = KTRY(device.map<0x1000>());
	///
	/// Errors: ENODEV if the device has fewer bytes; EBUSY if another driver has them; ENOMEM.
	/// Context: may sleep.
	template <std::size_t Size>
	Result<Mmio<Size>> map() KCXX_MAY_SLEEP
	{
		static_assert(Size != 0, "map<0x1000>(): the number of bytes to map");
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
