// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Input devices: keys, switches, axes. C API: <linux/input.h>.
///
///     class Button {
///     public:
///             Result<> start(platform::BoundDevice &device)
///             {
///                     KTRY(input_.add(device, *this, {.name = "button", .keys = keys}));
///                     return irq_.request(device, KTRY(line_.irq()), irq_flags::rising);
///             }
///
///     private:
///             static constexpr std::array keys{input::Key{KEY_POWER}};
///
///             IrqReturn in_thread()
///             {
///                     input_.report(keys[0], true);
///                     input_.sync();
///                     return IrqReturn::handled;
///             }
///             input::Device input_;
///             ThreadedIrq<&Button::in_thread> irq_{*this};
///     };
///
/// The numbers of keys are in <linux/input-event-codes.h>. A class may have
///
///     Result<> open(); // the first user comes
///     void close();    // the last user goes
///     void set_led(input::Led led, bool on) KCXX_MUST_NOT_SLEEP;
///     void set_sound(input::Sound sound, int value) KCXX_MUST_NOT_SLEEP;
///
/// Context of the first two: process context; may sleep. The others are called for what users
/// write, with interrupts off, one at a time: a driver whose device is behind a bus queues a Work.
///
/// A device without an interrupt is asked by the kernel, while it has a user: with an interval
/// behind the description, add() takes a class that has `void poll();`, which reports what changed.
/// Context of poll(): a work queue; may sleep.
///
///     KTRY(input_.add(device, *this, {.name = "pedals", .axes = axes}, 20ms));

#pragma once

#include <concepts>
#include <limits>
#include <span>

#include <generated/bindings/input.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/time/ktime.hpp>
#include <kernel/types/has_member.hpp>
#include <kernel/types/integers.hpp>

struct input_dev;

namespace kernel::detail
{

/// Something that an input device reports: its kind, and its number of that kind
template <unsigned int Kind>
struct InputCode {
	static constexpr unsigned int kind = Kind;

	unsigned int code; ///< C's number

	explicit constexpr InputCode(unsigned int number) noexcept : code{number} {}
};

} // namespace kernel::detail

namespace kernel::input
{

/// A key or a button: KEY_… and BTN_…
struct Key : detail::InputCode<KCXX_EV_KEY> {
	using InputCode::InputCode;
};
/// A switch, which stays as it is: SW_…
struct Switch : detail::InputCode<KCXX_EV_SW> {
	using InputCode::InputCode;
};
/// A movement: REL_…
struct Relative : detail::InputCode<KCXX_EV_REL> {
	using InputCode::InputCode;
};
/// A position: ABS_…
struct Axis : detail::InputCode<KCXX_EV_ABS> {
	using InputCode::InputCode;
};

/// An LED of the device, which users turn on and off: LED_…
struct Led : detail::InputCode<KCXX_EV_LED> {
	using InputCode::InputCode;
};
/// A sound of the device, which users start and end: SND_…
struct Sound : detail::InputCode<KCXX_EV_SND> {
	using InputCode::InputCode;
};
/// An event of any kind, for one that has no class here: {EV_MSC, MSC_SCAN}
struct Event {
	unsigned int kind; ///< EV_…, but for EV_SYN
	unsigned int code; ///< its number of that kind
};

/// A position, and the values that it can have
struct AxisRange {
	Axis axis;    ///< the position
	int least;    ///< its least value
	int most;     ///< its greatest value
	int fuzz = 0; ///< changes up to this are noise
	int flat = 0; ///< values up to this are its centre
};

/// An input device, for Device::add(). The texts are kept by their addresses.
struct Description {
	const char *name;                         ///< for users
	const char *phys = nullptr;               ///< its place in the system, if it is known
	u16 bus = KCXX_BUS_HOST;                  ///< BUS_…
	std::span<const Key> keys = {};           ///< all that it has
	std::span<const Switch> switches = {};    ///< all that it has
	std::span<const Relative> movements = {}; ///< all that it has
	std::span<const AxisRange> axes = {};     ///< all that it has
	std::span<const Led> leds = {};           ///< all that it has
	std::span<const Sound> sounds = {};       ///< all that it has
	std::span<const Event> events = {};       ///< others that it reports
	bool repeats = false;                     ///< the kernel repeats a key that is held
};

} // namespace kernel::input

namespace kernel::detail
{

KCXX_HAS_MEMBER(open);
KCXX_HAS_MEMBER(close);
KCXX_HAS_MEMBER(set_led);
KCXX_HAS_MEMBER(set_sound);

template <typename T>
inline constexpr bool input_opens = !Has_open<T> || requires(T &object) {
	{ object.open() } -> std::same_as<Result<>>;
};
template <typename T>
inline constexpr bool input_closes = !Has_close<T> || requires(T &object) {
	{ object.close() } -> std::same_as<void>;
};

template <typename T>
inline constexpr bool input_sets_led = !Has_set_led<T> || requires(T &object, input::Led led) {
	{ object.set_led(led, true) } noexcept -> std::same_as<void>;
};
template <typename T>
inline constexpr bool input_sets_sound =
	!Has_set_sound<T> || requires(T &object, input::Sound sound) {
		{ object.set_sound(sound, 1) } noexcept -> std::same_as<void>;
	};
template <typename T>
concept InputPolls = requires(T &object) {
	{ object.poll() } -> std::same_as<void>;
};

/// C's functions of an input device of the class T
template <typename T>
class InputOperations
{
	using Raw = ::input_dev;

public:
	static void fill(Raw &raw, T &object)
	{
		// SAFETY: the input device is not registered yet.
		bindings::kcxx_dev_set_drvdata(bindings::kcxx_input_device(&raw), &object);
		if constexpr (Has_open<T>)
			raw.open = &open;
		if constexpr (Has_close<T>)
			raw.close = &close;
		if constexpr (Has_set_led<T> || Has_set_sound<T>)
			raw.event = &event;
	}

	/// For C's input_setup_polling()
	static void poll(Raw *raw)
	{
		if constexpr (InputPolls<T>)
			object_at(raw).poll();
	}

private:
	static T &object_at(Raw *raw)
	{
		// SAFETY: fill() has set it.
		return *static_cast<T *>(
			bindings::kcxx_dev_get_drvdata(bindings::kcxx_input_device(raw)));
	}
	static int open(Raw *raw) { return to_c(object_at(raw).open()); }
	static void close(Raw *raw) { object_at(raw).close(); }
	/// A user writes an event. Others than these two are C's own.
	static int event(Raw *raw, unsigned int kind, unsigned int code, int value)
	{
		in_atomic_context();
		if constexpr (Has_set_led<T>)
			if (kind == KCXX_EV_LED)
				object_at(raw).set_led(input::Led{code}, value != 0);
		if constexpr (Has_set_sound<T>)
			if (kind == KCXX_EV_SND)
				object_at(raw).set_sound(input::Sound{code}, value);
		return 0;
	}
};

} // namespace kernel::detail

namespace kernel::input
{

/// The input device of a driver: /dev/input/event0. A member of the driver's class, which start()
/// adds. It ends when the device is unbound, before the driver's object; an open file reports
/// ENODEV from then on.
class Device
{
public:
	/// Makes one that is not added.
	Device() = default;
	Device(const Device &) = delete;
	Device &operator=(const Device &) = delete;
	/// Context: may sleep.
	~Device() KCXX_MAY_SLEEP
	{
		if (raw_ != nullptr)
			// SAFETY: add() took the reference.
			bindings::kcxx_input_put(raw_);
	}

	/// Adds the input device of `driver`.
	///
	/// Errors: EBUSY if it is added already; ENOMEM. Context: may sleep.
	template <typename T>
	Result<> add(BoundDevice &device, T &driver, const Description &description) KCXX_MAY_SLEEP
	{
		return add_with(device, driver, description,
				[](::input_dev &) -> Result<> { return {}; });
	}

	/// The same of one that the kernel asks each `interval`, in whole milliseconds, while it
	/// has a user. Users may change the interval, in the file `poll` of its folder in /sys.
	///
	/// Errors besides: EINVAL if the interval is less than a millisecond, or more than 2^31.
	template <typename T>
	Result<> add(BoundDevice &device, T &driver, const Description &description,
		     Nanoseconds interval) KCXX_MAY_SLEEP
	{
		static_assert(detail::InputPolls<T>,
			      "kcxx-E1517: an input device that is asked has a function for it: "
			      "write public: void poll();");
		const s64 milliseconds = interval.count() / 1'000'000;
		if (milliseconds <= 0 || milliseconds > std::numeric_limits<int>::max())
			return EINVAL;
		return add_with(device, driver, description, [=](::input_dev &raw) -> Result<> {
			// SAFETY: the input device is not registered yet.
			KTRY(to_result(bindings::input_setup_polling(
				&raw, &detail::InputOperations<T>::poll)));
			bindings::input_set_poll_interval(&raw,
							  static_cast<unsigned int>(milliseconds));
			return {};
		});
	}

	// Before add() and after the unbinding the functions below do nothing.

	/// A key is pressed, or it is not. Context: any.
	void report(Key key, bool pressed) noexcept { event(key, pressed ? 1 : 0); }
	/// A switch is closed, or it is not. Context: any.
	void report(Switch of, bool closed) noexcept { event(of, closed ? 1 : 0); }
	/// Something moved. Context: any.
	void report(Relative movement, int distance) noexcept { event(movement, distance); }
	/// Something has a position. Context: any.
	void report(Axis axis, int position) noexcept { event(axis, position); }
	/// Something else has a value. Context: any.
	void report(Event of, int value) noexcept { event(of.kind, of.code, value); }

	/// Users see what was reported, as one event. Context: any.
	void sync() noexcept { event(KCXX_EV_SYN, KCXX_SYN_REPORT, 0); }

private:
	/// Makes the input device, and registers it after `setup()`.
	template <typename T, typename Setup>
	Result<> add_with(BoundDevice &device, T &driver, const Description &description,
			  Setup setup) KCXX_MAY_SLEEP
	{
		check<T>();
		if (raw_ != nullptr)
			return EBUSY;
		// SAFETY, of all below: the input device is freed, or it ends when the device is
		// unbound.
		::input_dev *made = bindings::input_allocate_device();
		if (made == nullptr)
			return ENOMEM;
		detail::InputOperations<T>::fill(*made, driver);
		describe(*made, device, description);
		Result<> done = setup(*made);
		if (done)
			done = to_result(bindings::input_register_device(made));
		if (!done) {
			bindings::input_free_device(made);
			return done;
		}
		bindings::kcxx_input_get(made);
		__atomic_store_n(&raw_, made, __ATOMIC_RELEASE);
		return device.at_unbind(
			[](void *data) {
				bindings::input_unregister_device(static_cast<::input_dev *>(data));
			},
			made);
	}

	template <typename T>
	static constexpr void check()
	{
		static_assert(detail::input_opens<T>, "kcxx-E1386: open() is not the one of an "
						      "input device: write kernel::Result<> "
						      "open();");
		static_assert(detail::input_closes<T>, "kcxx-E1387: close() is not the one of an "
						       "input device: write void close();");
		static_assert(detail::input_sets_led<T>,
			      "kcxx-E1518: set_led() is not the one of an input device: write void "
			      "set_led(kernel::input::Led led, bool on) KCXX_MUST_NOT_SLEEP;");
		static_assert(
			detail::input_sets_sound<T>,
			"kcxx-E1519: set_sound() is not the one of an input device: write void "
			"set_sound(kernel::input::Sound sound, int value) KCXX_MUST_NOT_SLEEP;");
	}

	template <unsigned int Kind>
	void event(detail::InputCode<Kind> code, int value) noexcept
	{
		event(Kind, code.code, value);
	}

	void event(unsigned int kind, unsigned int code, int value) noexcept
	{
		::input_dev *raw = __atomic_load_n(&raw_, __ATOMIC_ACQUIRE);
		if (raw != nullptr)
			// SAFETY: this object has a reference; the kernel ignores what the input
			// device has not.
			bindings::input_event(raw, kind, code, value);
	}

	static void describe(::input_dev &raw, const kernel::Device &parent,
			     const Description &description)
	{
		// SAFETY, of all below: the input device is not registered yet.
		raw.name = description.name;
		raw.phys = description.phys;
		raw.id.bustype = description.bus;
		bindings::kcxx_input_device(&raw)->parent = parent;
		enable(raw, description.keys);
		enable(raw, description.switches);
		enable(raw, description.movements);
		enable(raw, description.leds);
		enable(raw, description.sounds);
		for (const Event &event : description.events)
			bindings::input_set_capability(&raw, event.kind, event.code);
		for (const AxisRange &range : description.axes)
			bindings::input_set_abs_params(&raw, range.axis.code, range.least,
						       range.most, range.fuzz, range.flat);
		if (description.repeats)
			bindings::kcxx_input_enable(&raw, KCXX_EV_REP);
	}

	template <typename Code>
	static void enable(::input_dev &raw, std::span<const Code> codes)
	{
		for (const Code code : codes)
			bindings::input_set_capability(&raw, Code::kind, code.code);
	}

	::input_dev *raw_ = nullptr;
};

} // namespace kernel::input
