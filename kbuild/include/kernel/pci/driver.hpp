// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Drivers for PCI devices. C API: struct pci_driver of <linux/pci.h>.

#pragma once

#include <concepts>
#include <utility>

#include <generated/kcxx-bindings.hpp>
#include <kernel/device/bind.hpp>
#include <kernel/device/device_table.hpp>
#include <kernel/error.hpp>
#include <kernel/module/module.hpp>
#include <kernel/pci/device.hpp>
#include <kernel/pci/ids.hpp>

namespace kernel::pci
{

namespace detail
{

template <typename T>
constexpr void require_ids()
{
	static_assert(requires { T::ids.table(); },
		      "a PCI driver names its devices: static constexpr pci::Ids "
		      "ids{pci::id(vendor, device)};");
}

/// True if probe() takes the data of the id
template <typename T>
concept WantsData = requires(BoundDevice &device) {
	{ T::probe(device, T::ids.data(0)) } -> std::same_as<Result<T>>;
};

template <typename T>
constexpr void require_probe()
{
	static_assert(
		requires(BoundDevice &device) {
			{ T::probe(device) } -> std::same_as<Result<T>>;
		} || WantsData<T>,
		"a PCI driver T has static Result<T> probe(pci::BoundDevice &), or "
		"static Result<T> probe(pci::BoundDevice &, const Data &) with the data of its ids");
}

/// C's driver for the class T, and the functions that the kernel calls
template <typename T>
class DriverTable
{
public:
	static constexpr auto ids = T::ids.table();

	static ::pci_driver *driver() noexcept { return &driver_; }

private:
	static int probe(::pci_dev *raw, const ::pci_device_id *id)
	{
		BoundDevice &device = BoundDevice::of(raw);
		const Result<> bound = kernel::detail::bind<T>(device, [&device, id]() -> Result<T> {
			if constexpr (WantsData<T>)
				return T::probe(device, T::ids.data(id->driver_data));
			else
				return T::probe(device);
		});
		if (!bound)
			device.clear_master(); // before memory is released that the device may write
		return to_c(bound);
	}

	static void remove(::pci_dev *raw)
	{
		BoundDevice &device = BoundDevice::of(raw);
		if constexpr (kernel::detail::Has_stop<T>)
			kernel::detail::object_of<T>(device).stop(device);
		device.clear_master(); // before memory is released that the device may write
	}

	static void shutdown(::pci_dev *raw)
	{
		BoundDevice &device = BoundDevice::of(raw);
		if constexpr (kernel::detail::Has_shutdown<T>)
			kernel::detail::object_of<T>(device).shutdown(device);
	}

	static consteval ::pci_driver made()
	{
		::pci_driver driver{};
		driver.name = KBUILD_MODNAME;
		driver.id_table = ids.data();
		driver.probe = &probe;
		driver.remove = &remove;
		if constexpr (kernel::detail::Has_shutdown<T>)
			driver.shutdown = &shutdown;
		driver.driver.pm = kernel::detail::PowerOperations<T, BoundDevice>::table();
		return driver;
	}

	static ::pci_driver driver_;
};

template <typename T>
constinit ::pci_driver DriverTable<T>::driver_ = DriverTable<T>::made();

} // namespace detail

/// The registration of the driver T, see <kernel/device/bind.hpp>: as long as it lives, the kernel
/// binds devices to T. For a module with several drivers; else see KERNEL_PCI_DRIVER().
template <typename T>
class [[nodiscard]] Registration
{
public:
	/// Registers the driver, and binds the devices that are there.
	///
	/// Errors: EBUSY if there is a driver of that name; ENOMEM. Context: may sleep.
	[[nodiscard]] static Result<Registration> make(ThisModule &module) KCXX_MAY_SLEEP
	{
		kernel::detail::require_driver<T, BoundDevice>();
		detail::require_ids<T>();
		detail::require_probe<T>();
		// SAFETY: the driver and its table are static, and the destructor unregisters it.
		KTRY(to_result(bindings::kcxx_pci_register_driver(detail::DriverTable<T>::driver(),
								  module.raw(), KBUILD_MODNAME)));
		return Registration{true};
	}

	Registration(const Registration &) = delete;
	Registration &operator=(const Registration &) = delete;
	/// Leaves the other without a registration.
	Registration(Registration &&other) noexcept
	    : registered_{std::exchange(other.registered_, false)}
	{
	}
	Registration &operator=(Registration &&) = delete;
	/// Unbinds all devices of the driver, and unregisters it. Context: may sleep.
	~Registration() KCXX_MAY_SLEEP
	{
		if (registered_)
			// SAFETY: the driver is registered, and unregistered once.
			bindings::pci_unregister_driver(detail::DriverTable<T>::driver());
	}

private:
	explicit Registration(bool registered) noexcept : registered_{registered} {}

	bool registered_;
};

namespace detail
{

/// A module that is the driver T and nothing else
template <typename T>
struct DriverModule {
	explicit DriverModule(Registration<T> made) noexcept : registration{std::move(made)} {}

	static Result<DriverModule> init(ThisModule &module)
	{
		return {std::in_place, KTRY(Registration<T>::make(module))};
	}

	Registration<T> registration;
};

} // namespace detail
} // namespace kernel::pci

/// Puts the ids of the PCI driver `Type` into the module, for modprobe(8) and udev(7): C's
/// MODULE_DEVICE_TABLE(). KERNEL_PCI_DRIVER() contains it.
#define KERNEL_PCI_DEVICE_TABLE(Type)                                                              \
	KCXX_DEVICE_TABLE(pci, Type, ::kernel::pci::detail::DriverTable<Type>::ids)

/// Makes the class `Type` the module: a driver for PCI devices. See <kernel/device/bind.hpp>.
#define KERNEL_PCI_DRIVER(Type)                                                                    \
	KERNEL_PCI_DEVICE_TABLE(Type);                                                             \
	using kcxx_module_of_##Type = ::kernel::pci::detail::DriverModule<Type>;                   \
	KERNEL_MODULE(kcxx_module_of_##Type)
