// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Devices that sleep as long as no one uses them: runtime power management. C API:
/// <linux/pm_runtime.h>, Documentation/power/runtime_pm.rst.
///
///     Result<> runtime_suspend(platform::BoundDevice &device); // members of the driver
///     Result<> runtime_resume(platform::BoundDevice &device);
///     …
///     KTRY(enable_runtime_pm(device, 50ms)); // in start()
///     …
///     const auto awake = KTRY(Awake::make(device));      // the device is awake
///
/// The buses of PCI and AMBA let a device sleep from the end of start() on, if its driver has these
/// members; enable_runtime_pm() sets the delay. A PCI device sleeps once user space allows it:
/// `echo auto > /sys/bus/pci/devices/…/power/control`.

#pragma once

#include <limits>
#include <utility>

#include <generated/bindings/device/runtime_pm.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/time/ktime.hpp>
#include <kernel/types/integers.hpp>

namespace kernel
{

/// Lets the device sleep when no Awake has existed for `delay`, in whole milliseconds, until it is
/// unbound. It is awake when this is called, and while it is unbound.
///
/// Errors: EINVAL for more than 2^31 milliseconds; ENOMEM; as of pm_runtime_set_active(). Context:
/// may sleep.
inline Result<> enable_runtime_pm(BoundDevice &device, Nanoseconds delay = {}) KCXX_MAY_SLEEP
{
	const s64 milliseconds = delay.count() / 1'000'000;
	if (milliseconds < 0 || milliseconds > std::numeric_limits<int>::max())
		return EINVAL;
	// SAFETY, of all below: the device is bound to this driver.
	const int by_bus = KTRY(
		from_c(bindings::kcxx_pm_runtime_enable(device, static_cast<int>(milliseconds))));
	::device *raw = device;
	void (*const forget_delay)(void *) = [](void *data) {
		bindings::pm_runtime_dont_use_autosuspend(static_cast<::device *>(data));
	};
	void (*const disable)(void *) = [](void *data) {
		bindings::kcxx_pm_runtime_disable(static_cast<::device *>(data));
	};
	return device.at_unbind(by_bus != 0 ? forget_delay : disable, raw);
}

/// A device that is awake as long as this lives. Moves, does not copy.
class [[nodiscard]] Awake
{
public:
	/// Wakes the device, if it sleeps: its runtime_resume() ends before this returns. The
	/// device is bound as long as the object lives.
	///
	/// Errors: those of runtime_resume(), and after one EINVAL; EACCES without
	/// enable_runtime_pm(). Context: may sleep.
	[[nodiscard]] static Result<Awake> make(BoundDevice &device) KCXX_MAY_SLEEP
	{
		// SAFETY: the device is bound to this driver.
		KTRY(to_result(bindings::kcxx_pm_runtime_get(device)));
		return Awake{device};
	}

	Awake(const Awake &) = delete;
	Awake &operator=(const Awake &) = delete;
	/// Leaves the other without a device.
	Awake(Awake &&other) noexcept : raw_{std::exchange(other.raw_, nullptr)} {}
	Awake &operator=(Awake &&) = delete;
	/// Lets the device sleep after its delay, unless others keep it awake. Context: any.
	~Awake()
	{
		if (raw_ != nullptr)
			// SAFETY: make() has kept the device awake.
			bindings::kcxx_pm_runtime_put(raw_);
	}

private:
	explicit Awake(::device *raw) noexcept : raw_{raw} {}

	::device *raw_;
};

} // namespace kernel
