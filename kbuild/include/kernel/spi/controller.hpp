// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Controllers of SPI buses. C API: struct spi_controller of <linux/spi/spi.h>.
///
///     class Bus {
///             // Sends and receives at once; the device is selected.
///             Result<> transfer(spi::Device &device, const spi::Exchange &exchange);
///             // Sets the line that selects the device; may be missing.
///             void set_chip_select(spi::Device &device, bool high);
///             // Checks the device's clock and mode; may be missing.
///             Result<> setup(spi::Device &device);
///
///             Result<> start(platform::BoundDevice &device)
///             {
///                     auto &controller = KTRY(spi::add(device, *this, {.chip_selects = 2})).get();
///                     return {};
///             }
///     };
///
/// The kernel calls one transfer() at a time, and may sleep meanwhile: a controller with interrupts
/// waits for a Completion. The devices that firmware names are there as soon as add() returned.

#pragma once

#include <concepts>
#include <cstddef>
#include <span>
#include <utility>

#include <generated/bindings/spi/controller.hpp>
#include <kernel/device/description.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/spi/device.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/functional.hpp>
#include <kernel/types/has_member.hpp>
#include <kernel/types/integers.hpp>

struct spi_controller;

namespace kernel::spi
{

/// One part of a message as the controller sees it
class Exchange
{
public:
	/// The transfer of a C function or callback, which lives as long as the object is used.
	[[nodiscard]] static Exchange of(::spi_transfer *raw) noexcept { return Exchange{*raw}; }

	/// The number of bytes
	[[nodiscard]] std::size_t size() const noexcept { return raw_->len; }
	/// The bytes to send: none if the driver of the device only receives, and the controller
	/// sends what it likes
	[[nodiscard]] std::span<const u8> sent() const noexcept
	{
		return {static_cast<const u8 *>(raw_->tx_buf),
			raw_->tx_buf != nullptr ? size() : 0};
	}
	/// Room for the bytes that are received: none if the driver of the device wants none
	[[nodiscard]] std::span<u8> received() const noexcept
	{
		return {static_cast<u8 *>(raw_->rx_buf), raw_->rx_buf != nullptr ? size() : 0};
	}
	/// The clock, in hertz
	[[nodiscard]] u32 speed_hz() const noexcept { return raw_->speed_hz; }
	/// The bits of a word
	[[nodiscard]] unsigned int bits_per_word() const noexcept { return raw_->bits_per_word; }

private:
	explicit Exchange(::spi_transfer &raw) noexcept : raw_{&raw} {}

	::spi_transfer *raw_;
};

/// The abilities of a controller
struct ControllerOptions {
	u16 chip_selects = 1;         ///< how many devices it selects
	Mode modes = Mode::mode3;     ///< mode3 for all modes, mode1 for any phase
	u32 bits_per_word = 0x80;     ///< bit n-1 for words of n bits; 0x80 for bytes alone
	u32 min_speed_hz = 0;         ///< of the clock; 0 for no limit
	u32 max_speed_hz = 0;         ///< of the clock; 0 for no limit
	bool sends_always = false;    ///< it gets zeros where a driver sends nothing
	bool receives_always = false; ///< it gets room where a driver wants nothing
};

/// A device that firmware does not name
struct NewDevice {
	u16 chip_select = 0;     ///< the line that selects it
	u32 max_speed_hz = 0;    ///< the fastest clock; 0 for that of the controller
	Mode mode = Mode::mode0; ///< of the clock
	unsigned int irq = 0;    ///< its interrupt; 0 without
	std::span<const OwnProperty> properties; ///< as of a device tree
	std::span<const OwnNode> children;       ///< nodes below its own
};

/// A registered controller: a reference of this type is a pointer to C's struct spi_controller.
class Controller : public CStruct<Controller, ::spi_controller>
{
public:
	/// Adds a device named `name`, as an id of its driver, until the controller ends.
	///
	/// Errors: ENODEV if the device cannot be added, as with a line of selection that is used
	/// or missing; ENOMEM. Context: may sleep.
	Result<> add_device(const char *name, const NewDevice &device = {}) const KCXX_MAY_SLEEP
	{
		auto description = KTRY(OwnDescription::make(device.properties, device.children));
		::fwnode_handle *const node = description.root();
		// SAFETY, of all below: the controller is registered, and keeps the nodes until its
		// own device is deleted, after those on the bus. C copies the name.
		if (node != nullptr)
			(void)KTRY(
				kernel::BoundDevice::of(bindings::kcxx_spi_controller_device(raw()))
					.keep(std::move(description)));
		if (bindings::kcxx_spi_new_device(raw(), name, device.chip_select,
						  device.max_speed_hz,
						  static_cast<u32>(device.mode),
						  static_cast<int>(device.irq), node) == nullptr)
			return ENODEV;
		return {};
	}
};

} // namespace kernel::spi

namespace kernel::detail
{

KCXX_HAS_MEMBER(set_chip_select);
KCXX_HAS_MEMBER(setup);

template <typename T>
concept SpiTransfers = requires(T &object, spi::Device &device, const spi::Exchange &exchange) {
	{ object.transfer(device, exchange) } -> std::same_as<Result<>>;
};
template <typename T>
inline constexpr bool spi_select_fits =
	!Has_set_chip_select<T> || requires(T &object, spi::Device &device) {
		{ object.set_chip_select(device, true) } -> std::same_as<void>;
	};
template <typename T>
inline constexpr bool spi_setup_fits = !Has_setup<T> || requires(T &object, spi::Device &device) {
	{ object.setup(device) } -> std::same_as<Result<>>;
};

/// The functions that the kernel calls for a controller of the class T
template <typename T>
class SpiControllerCalls
{
public:
	static void describe(::spi_controller &controller, T &object)
	{
		// SAFETY: the controller is not registered yet.
		bindings::kcxx_dev_set_drvdata(bindings::kcxx_spi_controller_device(&controller),
					       &object);
		if constexpr (SpiTransfers<T>)
			controller.transfer_one = &transfer;
		if constexpr (Has_set_chip_select<T> && spi_select_fits<T>)
			controller.set_cs = &set_chip_select;
		if constexpr (Has_setup<T> && spi_setup_fits<T>)
			controller.setup = &setup;
	}

private:
	static T &object(::spi_controller *controller)
	{
		// SAFETY: the controller lives, and ends before its object.
		return *static_cast<T *>(bindings::kcxx_dev_get_drvdata(
			bindings::kcxx_spi_controller_device(controller)));
	}

	static int transfer(::spi_controller *controller, ::spi_device *device,
			    ::spi_transfer *transfer)
	{
		return to_c(
			object(controller)
				.transfer(spi::Device::of(device), spi::Exchange::of(transfer)));
	}
	static void set_chip_select(::spi_device *device, bool high)
	{
		// SAFETY, of all below: the device is on the bus of its controller.
		object(bindings::kcxx_spi_controller_of(device))
			.set_chip_select(spi::Device::of(device), high);
	}
	static int setup(::spi_device *device)
	{
		// SAFETY: as above.
		return to_c(object(bindings::kcxx_spi_controller_of(device))
				    .setup(spi::Device::of(device)));
	}
};

/// Ends a controller. On 7.3, which lacks the member, its memory is given back besides.
template <typename Raw>
void end_spi_controller(Raw *controller)
{
	// SAFETY: the controller is registered, and ends once.
	bindings::spi_unregister_controller(controller);
	if constexpr (!requires { controller->devm_allocated; })
		bindings::kcxx_spi_controller_put(controller);
}

} // namespace kernel::detail

namespace kernel::spi
{

/// Registers `object` as a controller of a bus, for start() of the driver: it ends when the device
/// is unbound, with all devices on the bus, before the driver's object.
///
/// Errors: ENOMEM; EINVAL for options that contradict each other. Context: may sleep.
template <typename T>
Result<std::reference_wrapper<Controller>> add(kernel::BoundDevice &device, T &object,
					       ControllerOptions options = {}) KCXX_MAY_SLEEP
{
	static_assert(kernel::detail::SpiTransfers<T>,
		      "kcxx-E1453: the class has no transfer of a controller: write in it Result<> "
		      "transfer(spi::Device &device, const spi::Exchange &exchange);");
	static_assert(kernel::detail::spi_select_fits<T>,
		      "kcxx-E1454: set_chip_select() is not the one of a controller: write void "
		      "set_chip_select(spi::Device &device, bool high);");
	static_assert(kernel::detail::spi_setup_fits<T>,
		      "kcxx-E1455: setup() is not the one of a controller: write Result<> "
		      "setup(spi::Device &device);");
	// SAFETY, of all below: the device is bound, and the controller ends with it.
	::spi_controller *controller = bindings::__spi_alloc_controller(device, 0, false);
	if (controller == nullptr) [[unlikely]]
		return ENOMEM;
	bindings::kcxx_spi_describe(controller, device, options.chip_selects,
				    static_cast<u32>(options.modes), options.bits_per_word);
	controller->min_speed_hz = options.min_speed_hz;
	controller->max_speed_hz = options.max_speed_hz;
	controller->flags =
		static_cast<u16>((options.sends_always ? KCXX_SPI_CONTROLLER_MUST_TX : 0U) |
				 (options.receives_always ? KCXX_SPI_CONTROLLER_MUST_RX : 0U));
	kernel::detail::SpiControllerCalls<T>::describe(*controller, object);
	const Result<> registered = to_result(bindings::spi_register_controller(controller));
	if (!registered) {
		bindings::kcxx_spi_controller_put(controller);
		return registered.error();
	}
	KTRY(device.at_unbind(
		[](void *data) {
			kernel::detail::end_spi_controller(static_cast<::spi_controller *>(data));
		},
		controller));
	return std::ref(Controller::of(controller));
}

} // namespace kernel::spi
