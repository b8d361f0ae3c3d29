// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Devices that wake the system from its sleep. C API: <linux/pm_wakeup.h>, <linux/pm_wakeirq.h>.

#pragma once

#include <generated/bindings/device/wakeup.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/sync/context.hpp>

namespace kernel
{

/// Declares that the device can wake the system, until it is unbound. Users may forbid it:
/// power/wakeup in its directory. The kernel's alarms take the first real-time clock that can, and
/// its module stays loaded then.
///
/// Errors: ENOMEM. Context: may sleep.
inline Result<> init_wakeup(BoundDevice &device) KCXX_MAY_SLEEP
{
	// SAFETY, of all below: the device is bound to this driver.
	KTRY(to_result(bindings::kcxx_device_init_wakeup(device, true)));
	::device *raw = device;
	return device.at_unbind(
		[](void *data) {
			(void)bindings::kcxx_device_init_wakeup(static_cast<::device *>(data),
								false);
		},
		raw);
}

/// Declares that the device can wake the system, until it is unbound, but not unless users allow
/// it.
///
/// Errors: ENOMEM. Context: may sleep.
inline Result<> set_wakeup_capable(BoundDevice &device) KCXX_MAY_SLEEP
{
	// SAFETY, of both: the device is bound to this driver.
	bindings::kcxx_device_set_wakeup_capable(device, true);
	::device *raw = device;
	return device.at_unbind(
		[](void *data) {
			bindings::kcxx_device_set_wakeup_capable(static_cast<::device *>(data),
								 false);
		},
		raw);
}

/// True if the device can wake the system, and users allow it. C: device_may_wakeup(). Context:
/// any.
[[nodiscard]] inline bool may_wakeup(const Device &device)
{
	// SAFETY: the device lives.
	return bindings::kcxx_device_may_wakeup(device);
}

/// Like init_wakeup(), for a device that wakes by its interrupt `irq`, which stays on while the
/// system sleeps.
///
/// Errors: EEXIST if the device has such an interrupt; ENOMEM. Context: may sleep.
inline Result<> init_wakeup(BoundDevice &device, unsigned int irq) KCXX_MAY_SLEEP
{
	KTRY(init_wakeup(device));
	KTRY(to_result(bindings::kcxx_dev_pm_set_wake_irq(device, static_cast<int>(irq))));
	::device *raw = device;
	return device.at_unbind(
		[](void *data) {
			bindings::kcxx_dev_pm_clear_wake_irq(static_cast<::device *>(data));
		},
		raw);
}

} // namespace kernel
