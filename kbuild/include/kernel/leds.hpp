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
///
/// An LED that firmware describes has a node, of which add() makes its name:
///
///     for (const Node &node : child_nodes(device))
///             KTRY(leds_[n].add(device, *this, node, {.device_name = "pump", .number = n}));

#pragma once

#include <concepts>
#include <optional>

#include <generated/bindings/leds.hpp>
#include <kernel/device/device.hpp>
#include <kernel/device/node.hpp>
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

/// An LED that a node of firmware's describes, for Led::add(), which copies the texts.
struct NodeDescription {
	/// The name if the node has neither `label` nor `color` and `function`, behind the
	/// device's: "green:status"
	const char *default_label = nullptr;
	const char *device_name = nullptr; ///< before a label: "pump"
	bool names_device = false;         ///< before a colour and a function, too
	unsigned int brightness = 0;       ///< at first
	unsigned int max_brightness = 1;   ///< the most that it has
	unsigned int number = 0;           ///< of several LEDs of one object
};

/// How an LED begins that firmware describes
enum class DefaultState : unsigned int {
	off = KCXX_LEDS_DEFSTATE_OFF,   ///< not lit: also if firmware does not know
	on = KCXX_LEDS_DEFSTATE_ON,     ///< lit
	keep = KCXX_LEDS_DEFSTATE_KEEP, ///< as it is
};

/// The property `default-state` of an LED's node. Context: any.
[[nodiscard]] inline DefaultState default_state(const Node &node)
{
	// SAFETY: the node lives.
	return static_cast<DefaultState>(bindings::kcxx_led_default_state(node.raw()));
}

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
	std::optional<Node> node; // until the LED ends
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
		KTRY(prepare(object, description.number));
		led_.raw.name = KTRY(detail::kept_text(device, description.name));
		led_.raw.brightness = description.brightness;
		led_.raw.max_brightness = description.max_brightness;
		led_.raw.default_trigger =
			KTRY(detail::kept_text(device, description.default_trigger));
		// SAFETY: this object lives until the device is unbound, and the LED ends before.
		KTRY(to_result(bindings::kcxx_led_register(device, &led_.raw)));
		return end_with(device);
	}

	/// Adds the LED of `object` that `node` describes, by `label`, or by `color` and
	/// `function`: the name is that of Documentation/leds/leds-class.rst. The kernel reads
	/// `linux,default-trigger` and `retain-state-shutdown` as well, and newer kernels
	/// `max-brightness`.
	///
	/// Errors: EBUSY if it is added already; EINVAL if neither the node nor the description has
	/// a name, or there is a default label, and no device's name, for it; ENOMEM. Context: may
	/// sleep.
	template <typename T>
	Result<> add(BoundDevice &device, T &object, const Node &node,
		     const NodeDescription &description) KCXX_MAY_SLEEP
	{
		KTRY(prepare(object, description.number));
		led_.raw.brightness = description.brightness;
		led_.raw.max_brightness = description.max_brightness;
		led_.node = node;
		// SAFETY: as above; the node lives as long as the LED, and C copies the texts.
		KTRY(to_result(bindings::kcxx_led_register_node(
			device, &led_.raw, node.raw(), description.default_label,
			description.device_name, description.names_device)));
		return end_with(device);
	}

private:
	template <typename T>
	Result<> prepare(T &object, unsigned int number)
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
		led_.number = number;
		detail::LedOperations<T>::fill(led_, object);
		return {};
	}

	Result<> end_with(BoundDevice &device) KCXX_MAY_SLEEP
	{
		led_.added = true;
		return device.at_unbind(
			[](void *data) {
				auto *led = static_cast<detail::LedDevice *>(data);
				// SAFETY: the LED is registered, and ends once.
				bindings::kcxx_led_unregister(&led->raw);
				led->node.reset();
				led->added = false;
			},
			&led_);
	}

	detail::LedDevice led_;
};

} // namespace kernel::leds
