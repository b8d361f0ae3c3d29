// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Devices, of any bus. C API: <linux/device.h>, <linux/device/devres.h>.
///
/// A driver gets references to the devices of its bus, such as a pci::BoundDevice; these convert
/// to the classes here.

#pragma once

#include <type_traits>
#include <utility>

#include <generated/bindings/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/box.hpp>
#include <kernel/printk/dev_err_probe.hpp>
#include <kernel/printk/dev_printk.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/c_struct.hpp>
#include <kernel/types/lifetime.hpp>

struct device;

namespace kernel
{

/// A device of the kernel's: a reference of this type is a pointer to C's struct device. dev_info()
/// and its like take it.
class Device : public CStruct<Device, ::device>
{
public:
	/// For C functions, and for dev_info() and its like: never null
	operator ::device *() const noexcept { return raw(); }

	/// Its name, such as 0000:00:04.0. Context: any.
	[[nodiscard]] const char *name() const noexcept
	{
		// SAFETY: the device has its name as long as it lives.
		return bindings::kcxx_dev_name(*this);
	}
};

/// A counted reference to a device: the device's struct lives as long, even if it is unplugged.
class DeviceRef
{
public:
	/// Takes a reference. Context: any.
	explicit DeviceRef(const Device &device) noexcept : raw_{device}
	{
		// SAFETY: the device lives: the caller has a reference.
		(void)bindings::get_device(raw_);
	}
	DeviceRef(const DeviceRef &) = delete;
	DeviceRef &operator=(const DeviceRef &) = delete;
	/// Leaves the other without a device.
	DeviceRef(DeviceRef &&other) noexcept : raw_{std::exchange(other.raw_, nullptr)} {}
	/// Takes the other's device, and gives this one's back.
	DeviceRef &operator=(DeviceRef &&other) noexcept
	{
		std::swap(raw_, other.raw_);
		return *this;
	}
	/// Gives the reference back. Context: may sleep, if it is the last one.
	~DeviceRef()
	{
		// SAFETY: the reference is this object's; null is ignored.
		bindings::put_device(raw_);
	}

	/// The device; BUG()s after a move
	[[nodiscard]] Device &operator*() const KCXX_LIFETIMEBOUND
	{
		if (raw_ == nullptr) [[unlikely]]
			bug("DeviceRef: used after a move");
		return Device::of(raw_);
	}

private:
	::device *raw_;
};

/// A device that is bound to this driver: a driver sees one in probe(), and in callbacks that the
/// kernel calls until the device is unbound. Resources belong to it, and the kernel releases them
/// when probe() fails and when the device is unbound, in the reverse order of their acquisition.
class BoundDevice : public Device
{
public:
	/// The device of a callback in which C's device is bound to this driver.
	[[nodiscard]] static BoundDevice &of(::device *raw) noexcept
	{
		return *reinterpret_cast<BoundDevice *>(raw);
	}

	/// Keeps `object` until the device is unbound: its destructor releases what it stands for,
	/// before all that was acquired earlier. Returns the kept object. If memory is missing, the
	/// object is destroyed at once.
	///
	/// Errors: ENOMEM. Context: may sleep.
	template <typename T>
	Result<T *> keep(T &&object) KCXX_MAY_SLEEP
	{
		static_assert(!std::is_reference_v<T>,
			      "kcxx-E1319: keep() takes its own object: std::move(object)");
		auto box = KTRY(Box<T>::make(GFP_KERNEL, std::forward<T>(object)));
		T *kept = detail::kept_by_c(std::move(box));
		// SAFETY: the action gets the object that it destroys, once.
		KTRY(to_result(bindings::kcxx_devm_add_action_or_reset(*this, &destroy<T>, kept)));
		return kept;
	}

	/// Calls `action(data)` when the device is unbound, before all that was acquired earlier is
	/// released; at once if memory is missing. keep() is easier to use well.
	///
	/// Errors: ENOMEM. Context: may sleep.
	Result<> at_unbind(void (*action)(void *), void *data) KCXX_MAY_SLEEP
	{
		// SAFETY: the caller's function takes this data.
		return to_result(bindings::kcxx_devm_add_action_or_reset(*this, action, data));
	}

private:
	template <typename T>
	static void destroy(void *object)
	{
		(void)detail::owner_of<Box<T>>(object);
	}
};

namespace detail
{

/// A copy of a text, for C functions that keep its address: it lasts until the device is unbound.
/// Of null it is null.
inline Result<const char *> kept_text(BoundDevice &device, const char *text) KCXX_MAY_SLEEP
{
	// SAFETY: the device is bound, and C takes null.
	const char *kept = bindings::devm_kstrdup(device, text, GFP_KERNEL.bits());
	if (kept == nullptr && text != nullptr)
		return ENOMEM;
	return kept;
}

} // namespace detail
} // namespace kernel
