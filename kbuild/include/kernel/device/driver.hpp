// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// C's driver of each bus, made of a driver's class. C API: <linux/device/driver.h>.

#pragma once

#include <cstddef>
#include <optional>
#include <type_traits>

#include <generated/bindings/device/driver.hpp>
#include <kernel/device/bind.hpp>
#include <kernel/device/ids.hpp>
#include <kernel/error.hpp>
#include <kernel/module/module.hpp>

namespace kernel::detail
{

/// Properties of most buses: a bus with others declares them itself, in the struct derived from
/// this one
struct BusDefaults {
	/// True if a device tree and ACPI name devices of the bus
	static constexpr bool has_firmware_ids = false;

	/// True if the bus enables runtime power management, and holds a bound device awake until
	/// its driver lets it sleep
	static constexpr bool holds_awake = false;

	/// The part of C's driver that all buses have
	template <typename Raw>
	static constexpr ::device_driver &generic(Raw &driver)
	{
		return driver.driver;
	}
	/// Sets the members of C's driver for T that this bus alone has.
	template <typename T, typename Raw>
	static consteval void complete(Raw & /*driver*/)
	{
	}
	/// Ends the use of a device before its resources are released.
	template <typename Bound>
	static void quiesce(Bound & /*device*/)
	{
	}
};

/// C's driver for the class T, and the functions that the kernel calls
///
/// \tparam Bus a struct derived from BusDefaults, with static functions. `Raw` is C's driver, `Id`
///         C's row of its ids, `Bound` the class of devices that are bound to a driver.
///         `Result<> add(Raw &, ThisModule &)` registers C's driver, `void remove(Raw &)`
///         unregisters it. `std::optional<std::size_t> row(Bound &, const Id *ids, auto... found)`
///         is the row of the ids by which the device was found; `found` are the arguments of C's
///         probe() after the device.
template <typename Bus, typename T>
class Driver
{
	using Raw = typename Bus::Raw;
	using Bound = typename Bus::Bound;
	using Struct = typename Bound::Raw;

public:
	static constexpr auto ids = table_of<T, typename Bus::Id>();
	static constexpr auto of_ids = of_table_of<T, ::of_device_id>();
	static constexpr auto acpi_ids = acpi_table_of<T, ::acpi_device_id>();

	/// Registers the driver, which is static, as its tables are.
	static Result<> add(ThisModule &module) { return Bus::add(driver_, module); }

	/// Unbinds all devices, and unregisters the driver.
	static void remove() { Bus::remove(driver_); }

private:
	/// True if the driver takes over from a bus that holds the device awake
	static constexpr bool lets_sleep =
		Bus::holds_awake && (Has_runtime_suspend<T> || Has_runtime_resume<T>);

	/// The data of the id by which the device was found
	template <typename... Found>
	[[gnu::always_inline]] static const IdData<T> &data_of(Bound &device,
							       [[maybe_unused]] Found... found)
	{
		using Data = IdData<T>;
		// SAFETY, of all below: the device is being bound to this driver.
		if constexpr (Bus::has_firmware_ids && HasOfIds<T>)
			if (const void *data = bindings::kcxx_of_match_data(device);
			    data != nullptr)
				return *static_cast<const Data *>(data);
		if constexpr (Bus::has_firmware_ids && HasAcpiIds<T>)
			if (const unsigned long row = bindings::kcxx_acpi_match_row(device);
			    row != 0)
				return T::acpi_ids.data(row - 1);
		if constexpr (HasIds<T>)
			if (const std::optional<std::size_t> row =
				    Bus::row(device, ids.data(), found...))
				return T::ids.data(*row);
		static constexpr Data none{}; // the user forced the driver on the device
		return none;
	}

	/// Always inline, for short names: see bind()
	template <typename... Found>
	[[gnu::always_inline]] static int bound(Bound &device, Found... found)
	{
		const Result<> bound = bind<T>(device, [&device, found...]() -> const auto & {
			return data_of(device, found...);
		});
		if (!bound)
			Bus::quiesce(device);
		else if constexpr (lets_sleep)
			// SAFETY: the bus holds the bound device awake; unbind() does so again.
			bindings::pm_runtime_put_noidle(device);
		return to_c(bound);
	}

	// The members of C's driver differ from bus to bus and from kernel to kernel: each takes
	// the function of its type.

	static int probe(Struct *raw) { return bound(Bound::of(raw)); }
	static int probe(Struct *raw, const typename Bus::Id *found)
	{
		return bound(Bound::of(raw), found);
	}

	template <typename Removed>
	static Removed unbind(Struct *raw)
	{
		Bound &device = Bound::of(raw);
		if constexpr (lets_sleep)
			// SAFETY: bound() has let the device sleep; the kernel has woken it.
			bindings::pm_runtime_get_noresume(device);
		stop<T>(device);
		Bus::quiesce(device);
		if constexpr (!std::is_void_v<Removed>)
			return Removed{};
	}

	static void shutdown(Struct *raw) { detail::shutdown<T>(Bound::of(raw)); }

	static consteval Raw made()
	{
		Raw driver{};
		::device_driver &generic = Bus::generic(driver);
		generic.name = driver_name<T>();
		if constexpr (HasIds<T>)
			driver.id_table = ids.data();
		if constexpr (Bus::has_firmware_ids && HasOfIds<T>)
			generic.of_match_table = of_ids.data();
		if constexpr (Bus::has_firmware_ids && HasAcpiIds<T>)
			generic.acpi_match_table = acpi_ids.data();
		driver.probe = &probe;
		driver.remove = &unbind;
		if constexpr (Has_shutdown<T>)
			driver.shutdown = &shutdown;
		describe<T, Bound>(generic);
		Bus::template complete<T>(driver);
		return driver;
	}

	static Raw driver_;
};

template <typename Bus, typename T>
constinit typename Bus::Raw Driver<Bus, T>::driver_ = Driver<Bus, T>::made();

} // namespace kernel::detail
