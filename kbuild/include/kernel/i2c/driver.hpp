// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Drivers for devices on I2C buses. C API: struct i2c_driver of <linux/i2c.h>.

#pragma once

#include <generated/kcxx-bindings.hpp>
#include <kernel/device/bind.hpp>
#include <kernel/device/device_table.hpp>
#include <kernel/device/registration.hpp>
#include <kernel/error.hpp>
#include <kernel/i2c/client.hpp>
#include <kernel/i2c/ids.hpp>
#include <kernel/of/ids.hpp>

namespace kernel::detail
{

/// C's driver for the class T, and the functions that the kernel calls
template <typename T>
class I2cDriver
{
	using Bound = i2c::BoundClient;

public:
	static constexpr auto ids = table_of<T, ::i2c_device_id>();
	static constexpr auto of_ids = of_table_of<T, ::of_device_id>();

	/// Registers the driver.
	static Result<> add(ThisModule &module)
	{
		// SAFETY: the driver and its tables are static, and remove() unregisters it.
		return to_result(bindings::i2c_register_driver(module.raw(), &driver_));
	}

	/// Unbinds all devices, and unregisters the driver.
	static void remove()
	{
		// SAFETY: the driver is registered, and unregistered once.
		bindings::i2c_del_driver(&driver_);
	}

private:
	/// The data of the id by which the device was found
	static const IdData<T> &data_of(Bound &client)
	{
		using Data = IdData<T>;
		// SAFETY, of all below: the device is being bound to this driver.
		if constexpr (HasOfIds<T>)
			if (const void *data = bindings::kcxx_of_match_data(client);
			    data != nullptr)
				return *static_cast<const Data *>(data);
		if (const unsigned long row =
			    bindings::kcxx_i2c_match_row(client.raw(), ids.data());
		    row != 0)
			return T::ids.data(row - 1);
		static constexpr Data none{}; // the user forced the driver on the device
		return none;
	}

	static int probe(::i2c_client *raw)
	{
		Bound &client = Bound::of(raw);
		return to_c(
			bind<T>(client, [&client]() -> const auto & { return data_of(client); }));
	}

	static void unbind(::i2c_client *raw) { detail::stop<T>(Bound::of(raw)); }

	static void shutdown(::i2c_client *raw) { detail::shutdown<T>(Bound::of(raw)); }

	/// The member has another name before Linux 6.3.
	template <typename Driver>
	static consteval void set_probe(Driver &driver)
	{
		if constexpr (requires { driver.probe_new; })
			driver.probe_new = &probe;
		else
			driver.probe = &probe;
	}

	static consteval ::i2c_driver made()
	{
		::i2c_driver driver{};
		set_probe(driver);
		driver.remove = &unbind;
		if constexpr (Has_shutdown<T>)
			driver.shutdown = &shutdown;
		driver.id_table = ids.data();
		driver.driver.name = driver_name<T>();
		if constexpr (HasOfIds<T>)
			driver.driver.of_match_table = of_ids.data();
		describe<T, Bound>(driver.driver);
		return driver;
	}

	static ::i2c_driver driver_;
};

template <typename T>
constinit ::i2c_driver I2cDriver<T>::driver_ = I2cDriver<T>::made();

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
		      #Type " names no devices: write in it static constexpr kernel::i2c::Ids "    \
			    "ids{kernel::i2c::id(\"name\")};, and of::Ids of_ids beside it for "   \
			    "device trees");                                                       \
	static_assert(::kernel::detail::has_probe<Type, kernel::i2c::BoundClient>, #Type           \
		      " has no public probe() for a device on an I2C bus: write in it "            \
		      "static kernel::Result<" #Type "> probe(kernel::i2c::BoundClient &);, "      \
		      "with const Data & behind it if the ids have data");                         \
	KCXX_CHECK_DRIVER(Type, kernel::i2c::BoundClient);                                         \
	KCXX_DEVICE_TABLE(of, Type, ::kernel::detail::I2cDriver<Type>::of_ids);                    \
	KCXX_DEVICE_TABLE(i2c, Type, ::kernel::detail::I2cDriver<Type>::ids)

/// Makes the class `Type` the module: a driver for devices on I2C buses. See
/// <kernel/device/bind.hpp>.
#define KERNEL_I2C_DRIVER(Type)                                                                    \
	KERNEL_I2C_DEVICE_TABLE(Type);                                                             \
	KCXX_DRIVER_MODULE(i2c, Type)
