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
/// The numbers of keys are in <linux/input-event-codes.h>. A class may have `Result<> open();` and
/// `void close();`, which the kernel calls when the first user comes and when the last one goes.
/// Context of both: process context; may sleep.

#pragma once

#include <concepts>
#include <span>

#include <generated/bindings/input.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/sync/context.hpp>
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
	bool repeats = false;                     ///< the kernel repeats a key that is held
};

} // namespace kernel::input

namespace kernel::detail
{

KCXX_HAS_MEMBER(open);
KCXX_HAS_MEMBER(close);

template <typename T>
inline constexpr bool input_opens = !Has_open<T> || requires(T &object) {
	{ object.open() } -> std::same_as<Result<>>;
};
template <typename T>
inline constexpr bool input_closes = !Has_close<T> || requires(T &object) {
	{ object.close() } -> std::same_as<void>;
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
		static_assert(detail::input_opens<T>, "kcxx-E1386: open() is not the one of an "
						      "input device: write kernel::Result<> "
						      "open();");
		static_assert(detail::input_closes<T>, "kcxx-E1387: close() is not the one of an "
						       "input device: write void close();");
		if (raw_ != nullptr)
			return EBUSY;
		// SAFETY, of all below: the input device is freed, or it ends when the device is
		// unbound.
		::input_dev *made = bindings::input_allocate_device();
		if (made == nullptr)
			return ENOMEM;
		detail::InputOperations<T>::fill(*made, driver);
		describe(*made, device, description);
		if (const Result<> registered = to_result(bindings::input_register_device(made));
		    !registered) {
			bindings::input_free_device(made);
			return registered;
		}
		bindings::kcxx_input_get(made);
		__atomic_store_n(&raw_, made, __ATOMIC_RELEASE);
		return device.at_unbind(
			[](void *data) {
				bindings::input_unregister_device(static_cast<::input_dev *>(data));
			},
			made);
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

	/// Users see what was reported, as one event. Context: any.
	void sync() noexcept { event(KCXX_EV_SYN, KCXX_SYN_REPORT, 0); }

private:
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
