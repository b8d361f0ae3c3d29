// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Registrations of drivers, on any bus. C API: <linux/device/driver.h>.

#pragma once

#include <utility>

#include <kernel/error.hpp>
#include <kernel/module/module.hpp>
#include <kernel/sync/context.hpp>

namespace kernel
{

/// The registration of a driver: as long as it lives, the kernel binds devices to the driver.
/// Moves, does not copy. A bus has its own name for it, such as pci::Registration<Pump>.
///
/// \tparam Table C's driver, with `static Result<> add(ThisModule &)` and `static void remove()`
template <typename Table>
class [[nodiscard]] DriverRegistration
{
public:
	/// Registers the driver, and binds the devices that are there.
	///
	/// Errors: EBUSY if there is a driver of that name; ENOMEM. Context: may sleep.
	[[nodiscard]] static Result<DriverRegistration> make(ThisModule &module) KCXX_MAY_SLEEP
	{
		KTRY(Table::add(module));
		return DriverRegistration{};
	}

	DriverRegistration(const DriverRegistration &) = delete;
	DriverRegistration &operator=(const DriverRegistration &) = delete;
	/// Leaves the other without a registration.
	DriverRegistration(DriverRegistration &&other) noexcept
	    : registered_{std::exchange(other.registered_, false)}
	{
	}
	DriverRegistration &operator=(DriverRegistration &&) = delete;
	/// Unbinds all devices of the driver, and unregisters it. Context: may sleep.
	~DriverRegistration() KCXX_MAY_SLEEP
	{
		if (registered_)
			Table::remove();
	}

private:
	DriverRegistration() noexcept = default;

	bool registered_ = true;
};

namespace detail
{

/// A module that is one driver and nothing else
template <typename Registration>
struct DriverModule {
	explicit DriverModule(Registration made) noexcept : registration{std::move(made)} {}

	static Result<DriverModule> init(ThisModule &module)
	{
		return {std::in_place, KTRY(Registration::make(module))};
	}

	Registration registration;
};

} // namespace detail
} // namespace kernel

/// Makes the driver `Type` of a bus the module; `bus` is the namespace of the bus. Each bus has its
/// own name for it, with the checks of its drivers, such as KERNEL_PCI_DRIVER().
#define KCXX_DRIVER_MODULE(bus, Type)                                                              \
	using kcxx_registration_of_##Type = ::kernel::bus::Registration<Type>;                     \
	using kcxx_module_of_##Type = ::kernel::detail::DriverModule<kcxx_registration_of_##Type>; \
	KERNEL_MODULE(kcxx_module_of_##Type)
