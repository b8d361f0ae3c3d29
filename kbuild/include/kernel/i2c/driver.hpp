// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Drivers for devices on I2C buses. C API: struct i2c_driver of <linux/i2c.h>.

#pragma once

#include <cstddef>
#include <optional>

#include <generated/bindings/i2c/driver.hpp>
#include <kernel/acpi/ids.hpp>
#include <kernel/device/device_table.hpp>
#include <kernel/device/driver.hpp>
#include <kernel/device/registration.hpp>
#include <kernel/error.hpp>
#include <kernel/i2c/client.hpp>
#include <kernel/i2c/ids.hpp>
#include <kernel/module/module.hpp>
#include <kernel/of/ids.hpp>

namespace kernel::detail
{

/// The bus of I2C, for detail::Driver
struct I2cBus : BusDefaults {
	using Raw = ::i2c_driver;
	using Id = ::i2c_device_id;
	using Bound = i2c::BoundClient;
	static constexpr bool has_firmware_ids = true;

	static Result<> add(Raw &driver, ThisModule &module)
	{
		// SAFETY: the driver and its tables are static, and remove() unregisters it.
		return to_result(bindings::i2c_register_driver(module.raw(), &driver));
	}
	static void remove(Raw &driver)
	{
		// SAFETY: the driver is registered, and unregistered once.
		bindings::i2c_del_driver(&driver);
	}
	/// Before Linux 6.3, C's probe() gets the row, too.
	template <typename... Found>
	static std::optional<std::size_t> row(Bound &client, const Id *ids, Found... /*found*/)
	{
		// SAFETY: the device is being bound to the driver.
		const unsigned long row = bindings::kcxx_i2c_match_row(client.raw(), ids);
		if (row == 0)
			return std::nullopt;
		return row - 1;
	}
};

template <typename T>
using I2cDriver = Driver<I2cBus, T>;

} // namespace kernel::detail

namespace kernel::i2c
{

/// The registration of the driver T, see <kernel/device/bind.hpp>: for a module with several
/// drivers. A module that is one driver has KERNEL_I2C_DRIVER().
template <typename T>
using Registration = DriverRegistration<kernel::detail::I2cDriver<T>>;

} // namespace kernel::i2c

/// Puts the ids of the I2C driver `Type` into the module, for modprobe(8) and udev(7): C's
/// MODULE_DEVICE_TABLE(). KERNEL_I2C_DRIVER() contains it; a module with several drivers has one
/// for each.
#define KERNEL_I2C_DEVICE_TABLE(Type)                                                              \
	static_assert(::kernel::detail::HasIds<Type>,                                              \
		      "kcxx-E1385: " #Type                                                         \
		      " names no devices: write in it static constexpr kernel::i2c::Ids "          \
		      "ids{kernel::i2c::id(\"name\")};, and of::Ids of_ids or acpi::Ids "          \
		      "acpi_ids beside it for firmware");                                          \
	KCXX_CHECK_DRIVER(Type, kernel::i2c::BoundClient, "a device on an I2C bus");               \
	KCXX_DEVICE_TABLE(of, Type, ::kernel::detail::I2cDriver<Type>::of_ids);                    \
	KCXX_DEVICE_TABLE(acpi, Type, ::kernel::detail::I2cDriver<Type>::acpi_ids);                \
	KCXX_DEVICE_TABLE(i2c, Type, ::kernel::detail::I2cDriver<Type>::ids)

/// Makes the class `Type` the module: a driver for devices on I2C buses. See
/// <kernel/device/bind.hpp>.
#define KERNEL_I2C_DRIVER(Type)                                                                    \
	KERNEL_I2C_DEVICE_TABLE(Type);                                                             \
	KCXX_DRIVER_MODULE(i2c, Type)
