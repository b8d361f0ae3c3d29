// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The object of a driver for one device, on any bus. C API: <linux/device/driver.h>.
///
/// A driver is a class, and the kernel has one object of it for each device that is bound:
///
///     static Result<Pump> probe(pci::BoundDevice &device); // makes the object
///     static Result<Pump> probe(pci::BoundDevice &device, const Data &data); // or with its id's
///     Result<> start(pci::BoundDevice &device);
///     void stop(pci::BoundDevice &device);
///     Result<> suspend(pci::BoundDevice &device);
///     Result<> resume(pci::BoundDevice &device);
///     Result<> runtime_suspend(pci::BoundDevice &device); // see <kernel/device/runtime_pm.hpp>
///     Result<> runtime_resume(pci::BoundDevice &device);
///     void shutdown(pci::BoundDevice &device);
///
/// All but probe() may be missing.
///
/// probe() acquires resources and returns the object, which may be unable to move: `return
/// {std::in_place, …}`. The object is then at its final place, and start() lets others reach it: it
/// requests interrupts, registers devices of user space, and queues work.
///
/// When the device is unbound, or start() fails, everything ends in the reverse order: stop() if
/// the device was started; what start() acquired, such as interrupts; the object; what probe()
/// acquired. So no interrupt meets a destroyed member, in whichever order the members are written.
///
/// A driver has the name of its module. In a module with several drivers for one bus, each but one
/// has a name of its own: `static constexpr const char *driver_name = "pump";`.
///
/// Context of all: process context; may sleep. Errors of probe(): ENODEV and ENXIO if the driver
/// does not want the device, EPROBE_DEFER to be asked again when other devices are there.

#pragma once

#include <concepts>
#include <type_traits>

#include <generated/bindings/device/bind.hpp>
#include <kernel/device/device.hpp>
#include <kernel/device/ids.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/box.hpp>
#include <kernel/types/has_member.hpp>

namespace kernel::detail
{

KCXX_HAS_MEMBER(start);
KCXX_HAS_MEMBER(stop);
KCXX_HAS_MEMBER(suspend);
KCXX_HAS_MEMBER(resume);
KCXX_HAS_MEMBER(runtime_suspend);
KCXX_HAS_MEMBER(runtime_resume);
KCXX_HAS_MEMBER(shutdown);

// KCXX_CHECK_DRIVER() reports what does not fit, in one sentence. The functions below do without
// it, so that no other error follows.

/// True if start() is missing, or has the right type
template <typename T, typename Bound>
inline constexpr bool start_fits = !Has_start<T> || requires(T &object, Bound &device) {
	{ object.start(device) } -> std::same_as<Result<>>;
};
/// The same of stop()
template <typename T, typename Bound>
inline constexpr bool stop_fits = !Has_stop<T> || requires(T &object, Bound &device) {
	{ object.stop(device) } -> std::same_as<void>;
};
/// The same of suspend()
template <typename T, typename Bound>
inline constexpr bool suspend_fits = !Has_suspend<T> || requires(T &object, Bound &device) {
	{ object.suspend(device) } -> std::same_as<Result<>>;
};
/// The same of resume()
template <typename T, typename Bound>
inline constexpr bool resume_fits = !Has_resume<T> || requires(T &object, Bound &device) {
	{ object.resume(device) } -> std::same_as<Result<>>;
};
/// The same of runtime_suspend()
template <typename T, typename Bound>
inline constexpr bool runtime_suspend_fits =
	!Has_runtime_suspend<T> || requires(T &object, Bound &device) {
		{ object.runtime_suspend(device) } -> std::same_as<Result<>>;
	};
/// The same of runtime_resume()
template <typename T, typename Bound>
inline constexpr bool runtime_resume_fits =
	!Has_runtime_resume<T> || requires(T &object, Bound &device) {
		{ object.runtime_resume(device) } -> std::same_as<Result<>>;
	};
/// The same of shutdown()
template <typename T, typename Bound>
inline constexpr bool shutdown_fits = !Has_shutdown<T> || requires(T &object, Bound &device) {
	{ object.shutdown(device) } -> std::same_as<void>;
};
/// True if probe() fits, without data of the ids
template <typename T, typename Bound>
concept ProbesAlone = requires(Bound &device) {
	{ T::probe(device) } -> std::same_as<Result<T>>;
};
/// True if probe() fits, with data of the ids
template <typename T, typename Bound>
concept ProbesWithData = requires(Bound &device, const IdData<T> &data) {
	{ T::probe(device, data) } -> std::same_as<Result<T>>;
};
/// True if the driver has a probe() that fits
template <typename T, typename Bound>
inline constexpr bool has_probe = ProbesAlone<T, Bound> || ProbesWithData<T, Bound>;

/// Calls probe(), with the data of the ids if it takes data: `data()` finds them.
template <typename T, typename Bound, typename FindData>
[[nodiscard, gnu::always_inline]] inline Result<T> probed(Bound &device,
							  [[maybe_unused]] FindData data)
{
	if constexpr (ProbesWithData<T, Bound>)
		return T::probe(device, data());
	else if constexpr (ProbesAlone<T, Bound>)
		return T::probe(device);
	else
		return ENODEV; // the bus refuses the driver in one sentence
}

/// The object of a driver, in its Result as probe() returns it, because T may be unable to move
template <typename T>
struct DriverObject {
	template <typename Probe>
	explicit DriverObject(Probe probe) : result(probe())
	{
	}

	/// Destroys the object `data`, which has left its Box.
	static void end(void *data) { (void)owner_of<Box<DriverObject>>(data); }

	Result<T> result;
};

/// Makes the object of a driver by its probe(), and starts it. The device keeps the object.
/// `data()` finds the data of the id by which the device was found. Always inline: the name has the
/// driver's twice, and objtool of Linux 6.1 refuses longer ones than 128.
template <typename T, typename Bound, typename FindData>
[[nodiscard, gnu::always_inline]] inline Result<> bind(Bound &device, FindData data)
{
	BoundDevice &generic = device;
	auto object = KTRY(Box<DriverObject<T>>::make(
		GFP_KERNEL, [&device, data] { return probed<T>(device, data); }));
	if (!object->result)
		return object->result.error();
	T *driver = &*object->result;
	KTRY(generic.at_unbind(&DriverObject<T>::end, kept_by_c(std::move(object))));
	// SAFETY: the device is bound to this driver, whose data it is.
	bindings::kcxx_dev_set_drvdata(generic, driver);
	if constexpr (Has_start<T> && start_fits<T, Bound>)
		return driver->start(device);
	return {};
}

/// The object that bind() made
template <typename T>
[[nodiscard]] T &object_of(const Device &device)
{
	// SAFETY: the device is bound to the driver T.
	return *static_cast<T *>(bindings::kcxx_dev_get_drvdata(device));
}

/// Calls stop(), if the driver has it.
template <typename T, typename Bound>
void stop(Bound &device)
{
	if constexpr (Has_stop<T> && stop_fits<T, Bound>)
		object_of<T>(device).stop(device);
}

/// Calls shutdown(), if the driver has it.
template <typename T, typename Bound>
void shutdown(Bound &device)
{
	if constexpr (Has_shutdown<T> && shutdown_fits<T, Bound>)
		object_of<T>(device).shutdown(device);
}

/// The functions for suspend and resume of the driver T, whose bus has Bound
template <typename T, typename Bound>
struct PowerOperations {
	static constexpr const ::dev_pm_ops *table() noexcept
	{
		if constexpr (Has_suspend<T> || Has_resume<T> || Has_runtime_suspend<T> ||
			      Has_runtime_resume<T>)
			return &table_;
		return nullptr;
	}

private:
	static int suspend(::device *raw)
	{
		if constexpr (Has_suspend<T> && suspend_fits<T, Bound>)
			return to_c(object_of<T>(Device::of(raw)).suspend(Bound::of_device(raw)));
		return 0;
	}
	static int resume(::device *raw)
	{
		if constexpr (Has_resume<T> && resume_fits<T, Bound>)
			return to_c(object_of<T>(Device::of(raw)).resume(Bound::of_device(raw)));
		return 0;
	}

	static int runtime_suspend(::device *raw)
	{
		if constexpr (Has_runtime_suspend<T> && runtime_suspend_fits<T, Bound>)
			return to_c(object_of<T>(Device::of(raw))
					    .runtime_suspend(Bound::of_device(raw)));
		return 0;
	}
	static int runtime_resume(::device *raw)
	{
		if constexpr (Has_runtime_resume<T> && runtime_resume_fits<T, Bound>)
			return to_c(object_of<T>(Device::of(raw))
					    .runtime_resume(Bound::of_device(raw)));
		return 0;
	}

	// As DEFINE_SIMPLE_DEV_PM_OPS() and SET_RUNTIME_PM_OPS() set them
	static consteval ::dev_pm_ops made()
	{
		::dev_pm_ops table{};
		table.suspend = table.freeze = table.poweroff = &suspend;
		table.resume = table.thaw = table.restore = &resume;
		if constexpr (Has_runtime_suspend<T> || Has_runtime_resume<T>) {
			table.runtime_suspend = &runtime_suspend;
			table.runtime_resume = &runtime_resume;
		}
		return table;
	}

	static const ::dev_pm_ops table_;
};

template <typename T, typename Bound>
constinit const ::dev_pm_ops PowerOperations<T, Bound>::table_ = PowerOperations<T, Bound>::made();

/// The name of the driver T, in its bus's directory in /sys
template <typename T>
consteval const char *driver_name()
{
	if constexpr (requires { T::driver_name; })
		return T::driver_name;
	else
		return KBUILD_MODNAME;
}

/// Sets what C's driver of each bus has in its struct device_driver.
template <typename T, typename Bound>
consteval void describe(::device_driver &driver)
{
	driver.pm = PowerOperations<T, Bound>::table();
	if constexpr (requires { typename T::Attributes; })
		driver.dev_groups = T::Attributes::groups();
}

} // namespace kernel::detail

#define KCXX_MEMBER_FITS(member, Type, Bound, declaration)                                         \
	static_assert(::kernel::detail::member##_fits<Type, Bound>,                                \
		      "kcxx-E1316: " #Type "::" #member                                            \
		      "() is not the one of a driver: write " declaration)

/// Reports members of the driver `Type` that do not fit, each in one sentence. `Bound` is the class
/// of the bus, and `device` is English for one of its devices.
#define KCXX_CHECK_DRIVER(Type, Bound, device)                                                     \
	static_assert(::kernel::detail::has_probe<Type, Bound>,                                    \
		      "kcxx-E1317: " #Type " has no public probe() for " device                    \
		      ": write in it static kernel::Result<" #Type "> probe(" #Bound               \
		      " &);, with const Data & behind it if the ids have data");                   \
	static_assert(!std::is_final_v<Type>,                                                      \
		      "kcxx-E1318: " #Type                                                         \
		      " is final: write it without, for its members are looked for in a "          \
		      "class derived from it");                                                    \
	KCXX_MEMBER_FITS(start, Type, Bound, "kernel::Result<> start(" #Bound " &);");             \
	KCXX_MEMBER_FITS(stop, Type, Bound, "void stop(" #Bound " &);");                           \
	KCXX_MEMBER_FITS(suspend, Type, Bound, "kernel::Result<> suspend(" #Bound " &);");         \
	KCXX_MEMBER_FITS(resume, Type, Bound, "kernel::Result<> resume(" #Bound " &);");           \
	KCXX_MEMBER_FITS(runtime_suspend, Type, Bound,                                             \
			 "kernel::Result<> runtime_suspend(" #Bound " &);");                       \
	KCXX_MEMBER_FITS(runtime_resume, Type, Bound,                                              \
			 "kernel::Result<> runtime_resume(" #Bound " &);");                        \
	KCXX_MEMBER_FITS(shutdown, Type, Bound, "void shutdown(" #Bound " &);")
