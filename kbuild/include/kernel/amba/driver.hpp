// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Drivers for AMBA devices. C API: struct amba_driver of <linux/amba/bus.h>.

#pragma once

#include <cstddef>
#include <optional>

#include <generated/bindings/amba/driver.hpp>
#include <kernel/amba/device.hpp>
#include <kernel/amba/ids.hpp>
#include <kernel/device/device_table.hpp>
#include <kernel/device/driver.hpp>
#include <kernel/device/registration.hpp>
#include <kernel/error.hpp>
#include <kernel/module/module.hpp>

namespace kernel::detail
{

/// The bus of AMBA, for detail::Driver
struct AmbaBus : BusDefaults {
	using Raw = ::amba_driver;
	using Id = ::amba_id;
	using Bound = amba::BoundDevice;
	static constexpr bool holds_awake = true;

	static Result<> add(Raw &driver, ThisModule &module)
	{
		// SAFETY: the driver and its table are static, and remove() unregisters it.
		return to_result(bindings::kcxx_amba_driver_register(&driver, module.raw()));
	}
	static void remove(Raw &driver)
	{
		// SAFETY: the driver is registered, and unregistered once.
		bindings::amba_driver_unregister(&driver);
	}
	static std::optional<std::size_t> row(Bound & /*device*/, const Id *ids, const Id *found)
	{
		if (found == nullptr)
			return std::nullopt;
		return static_cast<std::size_t>(found - ids);
	}

	static constexpr ::device_driver &generic(Raw &driver) { return driver.drv; }
};

template <typename T>
using AmbaDriver = Driver<AmbaBus, T>;

} // namespace kernel::detail

namespace kernel::amba
{

/// The registration of the driver T, see <kernel/device/bind.hpp>: for a module with several
/// drivers. A module that is one driver has KERNEL_AMBA_DRIVER().
template <typename T>
using Registration = DriverRegistration<kernel::detail::AmbaDriver<T>>;

} // namespace kernel::amba

/// Puts the ids of the AMBA driver `Type` into the module, for modprobe(8) and udev(7): C's
/// MODULE_DEVICE_TABLE(). KERNEL_AMBA_DRIVER() contains it; a module with several drivers has one
/// for each.
#define KERNEL_AMBA_DEVICE_TABLE(Type)                                                             \
	static_assert(::kernel::detail::HasIds<Type>,                                              \
		      "kcxx-E1302: " #Type                                                         \
		      " names no devices: write in it static constexpr kernel::amba::Ids "         \
		      "ids{kernel::amba::id(0x00041031, 0x000fffff)};");                           \
	KCXX_CHECK_DRIVER(Type, kernel::amba::BoundDevice, "an AMBA device");                      \
	KCXX_DEVICE_TABLE(amba, Type, ::kernel::detail::AmbaDriver<Type>::ids)

/// Makes the class `Type` the module: a driver for AMBA devices. See <kernel/device/bind.hpp>.
#define KERNEL_AMBA_DRIVER(Type)                                                                   \
	KERNEL_AMBA_DEVICE_TABLE(Type);                                                            \
	KCXX_DRIVER_MODULE(amba, Type)
