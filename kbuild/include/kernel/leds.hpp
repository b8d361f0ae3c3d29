// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// LEDs: drivers for them. C API: <linux/leds.h>, Documentation/leds/leds-class.rst.
///
///     class Lamp {
///     public:
///             Result<> set_brightness(unsigned int brightness);
///             unsigned int brightness() const; // may be missing: the kernel remembers it
///
///             Result<> start(platform::BoundDevice &device)
///             {
///                     return led_.add(device, *this, {.name = "pump:green:status"});
///             }
///
///     private:
///             leds::Led led_;
///     };
///
/// If an LED is reached without a sleep, its set_brightness() is declared KCXX_MUST_NOT_SLEEP. Then
/// triggers set it at once, and else by a work item. A driver of several LEDs has a number before
/// the brightness: `Result<> set_brightness(unsigned int led, unsigned int brightness);`, and for
/// each LED a leds::Led, which add() gives its number.

#pragma once

#include <concepts>

#include <generated/bindings/leds.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/has_member.hpp>

struct led_classdev;

namespace kernel::leds
{

/// An LED, for Led::add(), which copies the texts.
struct Description {
	const char *name = nullptr;            ///< "device:colour:function"
	unsigned int brightness = 0;           ///< at first
	unsigned int max_brightness = 1;       ///< the most that it has
	const char *default_trigger = nullptr; ///< what drives it at first: "heartbeat"
	unsigned int number = 0;               ///< of several LEDs of one object
};

} // namespace kernel::leds

namespace kernel::detail
{

KCXX_HAS_MEMBER(brightness);

template <typename T>
concept LedIsSet = requires(T &led, unsigned int brightness) {
	{ led.set_brightness(brightness) } -> std::same_as<Result<>>;
};
template <typename T>
concept LedsAreSet = requires(T &leds, unsigned int number, unsigned int brightness) {
	{ leds.set_brightness(number, brightness) } -> std::same_as<Result<>>;
};
template <typename T>
concept LedIsSetAtOnce = requires(T &led, unsigned int brightness) {
	{ led.set_brightness(brightness) } noexcept;
} || requires(T &leds, unsigned int number, unsigned int brightness) {
	{ leds.set_brightness(number, brightness) } noexcept;
};
template <typename T>
inline constexpr bool led_is_read = !Has_brightness<T> || requires(const T &led) {
	{ led.brightness() } -> std::same_as<unsigned int>;
} || requires(const T &leds, unsigned int number) {
	{ leds.brightness(number) } -> std::same_as<unsigned int>;
};

/// C's LED, and the object that it is of
struct LedDevice {
	::led_classdev raw{};
	void *object = nullptr;
	unsigned int number = 0;
	bool added = false;
};

/// C's functions of an LED of the class T
template <typename T>
class LedOperations
{
	using Raw = ::led_classdev;

public:
	static void fill(LedDevice &led, T &object)
	{
		led.object = &object;
		if constexpr (LedIsSetAtOnce<T>)
			led.raw.brightness_set = &set;
		else
			led.raw.brightness_set_blocking = &set_blocking;
		if constexpr (Has_brightness<T>)
			led.raw.brightness_get = &get;
	}

private:
	using Brightness = ::led_brightness;

	// SAFETY: the first member of a LedDevice
	static LedDevice &led_of(Raw *raw) { return *reinterpret_cast<LedDevice *>(raw); }
	static T &object_at(Raw *raw) { return *static_cast<T *>(led_of(raw).object); }

	/// Calls the class's function, which has a number if it has several LEDs.
	static Result<> write(Raw *raw, Brightness brightness)
	{
		if constexpr (LedIsSetAtOnce<T>)
			in_atomic_context();
		const auto value = static_cast<unsigned int>(brightness);
		if constexpr (LedsAreSet<T>)
			return object_at(raw).set_brightness(led_of(raw).number, value);
		else
			return object_at(raw).set_brightness(value);
	}

	static void set(Raw *raw, Brightness brightness) { (void)write(raw, brightness); }
	static int set_blocking(Raw *raw, Brightness brightness)
	{
		return to_c(write(raw, brightness));
	}
	static Brightness get(Raw *raw)
	{
		if constexpr (LedsAreSet<T>)
			return static_cast<Brightness>(
				object_at(raw).brightness(led_of(raw).number));
		else
			return static_cast<Brightness>(object_at(raw).brightness());
	}
};

} // namespace kernel::detail

namespace kernel::leds
{

/// An LED of a driver, as user space and the kernel's triggers see it. A member of the driver's
/// class, which start() adds. It ends when the device is unbound, before the driver's object; the
/// kernel turns it off first.
class Led
{
public:
	/// Makes one that is not added.
	Led() = default;
	Led(const Led &) = delete;
	Led &operator=(const Led &) = delete;
	~Led() = default;

	/// Adds the LED of `object`.
	///
	/// Errors: EBUSY if it is added already; ENOMEM. Context: may sleep.
	template <typename T>
	Result<> add(BoundDevice &device, T &object, const Description &description) KCXX_MAY_SLEEP
	{
		static_assert(detail::LedIsSet<T> || detail::LedsAreSet<T>,
			      "kcxx-E1407: the class has no LED: write in it kernel::Result<> "
			      "set_brightness(unsigned int brightness);");
		static_assert(
			detail::led_is_read<T>,
			"kcxx-E1408: brightness() is not the one of an LED: write unsigned int "
			"brightness() const;");
		if (led_.added)
			return EBUSY;
		led_.number = description.number;
		led_.raw.name = KTRY(detail::kept_text(device, description.name));
		led_.raw.brightness = description.brightness;
		led_.raw.max_brightness = description.max_brightness;
		led_.raw.default_trigger =
			KTRY(detail::kept_text(device, description.default_trigger));
		detail::LedOperations<T>::fill(led_, object);
		// SAFETY, of both: this object lives until the device is unbound, and the LED ends
		// before.
		KTRY(to_result(bindings::kcxx_led_register(device, &led_.raw)));
		led_.added = true;
		return device.at_unbind(
			[](void *data) {
				auto *led = static_cast<detail::LedDevice *>(data);
				bindings::led_classdev_unregister(&led->raw);
				led->added = false;
			},
			&led_);
	}

private:
	detail::LedDevice led_;
};

} // namespace kernel::leds
