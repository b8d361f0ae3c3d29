// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The lines of a chip for C: the functions that their users call. C API: struct gpio_chip of
/// <linux/gpio/driver.h>.

#pragma once

#include <concepts>
#include <limits>
#include <type_traits>
#include <utility>

#include <generated/bindings/gpio/chip_lines.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/vec.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/has_member.hpp>

struct gpio_chip;

namespace kernel::gpio
{

/// The direction of a line
enum class Direction {
	input = KCXX_GPIO_LINE_DIRECTION_IN,   ///< the chip reads it
	output = KCXX_GPIO_LINE_DIRECTION_OUT, ///< the chip drives it
};

} // namespace kernel::gpio

namespace kernel::detail
{

KCXX_HAS_MEMBER(get);
KCXX_HAS_MEMBER(set);
KCXX_HAS_MEMBER(direction);
KCXX_HAS_MEMBER(make_input);
KCXX_HAS_MEMBER(make_output);
KCXX_HAS_MEMBER(get_lines);
KCXX_HAS_MEMBER(set_lines);
KCXX_HAS_MEMBER(line_name);
KCXX_HAS_MEMBER(has_line);

/// The lines that fit into one word of bits
inline constexpr unsigned int gpio_word = std::numeric_limits<unsigned long>::digits;

template <typename T>
concept GpioCounts = requires { static_cast<unsigned short>(T::lines); };
template <typename T>
concept GpioCountsByModel = requires(const T &chip) {
	{ chip.lines() } -> std::same_as<unsigned int>;
};

/// How many lines the chip has
template <typename T>
constexpr unsigned int gpio_lines_of(const T &chip)
{
	if constexpr (GpioCountsByModel<T>)
		return chip.lines();
	else if constexpr (GpioCounts<T>)
		return T::lines;
	else
		return 0; // Chip::add() refuses the class in one sentence
}

template <typename T>
inline constexpr bool gpio_get_fits = !Has_get<T> || requires(const T &chip, unsigned int line) {
	{ chip.get(line) } -> std::same_as<Result<bool>>;
};
template <typename T>
inline constexpr bool gpio_set_fits = !Has_set<T> || requires(T &chip, unsigned int line) {
	{ chip.set(line, true) } -> std::same_as<Result<>>;
};
template <typename T>
inline constexpr bool gpio_directions_fit =
	(!Has_direction<T> || requires(const T &chip, unsigned int line) {
		{ chip.direction(line) } -> std::same_as<Result<gpio::Direction>>;
	}) && (!Has_make_input<T> || requires(T &chip, unsigned int line) {
		{ chip.make_input(line) } -> std::same_as<Result<>>;
	}) && (!Has_make_output<T> || requires(T &chip, unsigned int line) {
		{ chip.make_output(line, true) } -> std::same_as<Result<>>;
	});
template <typename T>
inline constexpr bool gpio_several_fit =
	(!Has_get_lines<T> || requires(const T &chip, unsigned long lines) {
		{ chip.get_lines(lines) } -> std::same_as<Result<unsigned long>>;
	}) && (!Has_set_lines<T> || requires(T &chip, unsigned long lines) {
		{ chip.set_lines(lines, lines) } -> std::same_as<Result<>>;
	});
template <typename T>
inline constexpr bool gpio_names_fit =
	(!Has_line_name<T> || requires(const T &chip, unsigned int line) {
		{ chip.line_name(line) } -> std::same_as<const char *>;
	}) && (!Has_has_line<T> || requires(const T &chip, unsigned int line) {
		{ chip.has_line(line) } -> std::same_as<bool>;
	});

/// How many of the functions that users of lines call the class has, and how many of these are
/// declared KCXX_MUST_NOT_SLEEP
struct GpioFunctions {
	int all = 0;
	int atomic = 0;

	consteval void count(bool is_atomic)
	{
		++all;
		atomic += is_atomic ? 1 : 0;
	}
};

template <typename T>
consteval GpioFunctions gpio_functions()
{
	GpioFunctions functions;
	if constexpr (Has_get<T>)
		functions.count(requires(const T &chip) {
			{ chip.get(0U) } noexcept;
		});
	if constexpr (Has_set<T>)
		functions.count(requires(T &chip) {
			{ chip.set(0U, true) } noexcept;
		});
	if constexpr (Has_direction<T>)
		functions.count(requires(const T &chip) {
			{ chip.direction(0U) } noexcept;
		});
	if constexpr (Has_make_input<T>)
		functions.count(requires(T &chip) {
			{ chip.make_input(0U) } noexcept;
		});
	if constexpr (Has_make_output<T>)
		functions.count(requires(T &chip) {
			{ chip.make_output(0U, true) } noexcept;
		});
	if constexpr (Has_get_lines<T>)
		functions.count(requires(const T &chip) {
			{ chip.get_lines(0UL) } noexcept;
		});
	if constexpr (Has_set_lines<T>)
		functions.count(requires(T &chip) {
			{ chip.set_lines(0UL, 0UL) } noexcept;
		});
	return functions;
}

/// True if the lines are used where nothing may sleep, too
template <typename T>
inline constexpr bool gpio_never_sleeps = gpio_functions<T>().atomic == gpio_functions<T>().all;

/// C's chip, and where the library finds what belongs to it
struct GpioChip {
	::gpio_chip raw{};
	void *irqs = nullptr;    // of a chip that may sleep: a NestedGpioIrqs
	unsigned int parent = 0; // the interrupt of another chip
	bool added = false;

	// SAFETY: the first member of a GpioChip
	static GpioChip &of(::gpio_chip *raw) { return *reinterpret_cast<GpioChip *>(raw); }
};

/// The driver's object of C's chip
template <typename T>
T &gpio_object_of(::gpio_chip *raw)
{
	// SAFETY: the chip is one that Chip::add() added.
	return *static_cast<T *>(bindings::gpiochip_get_data(raw));
}

/// C's functions for the lines of the chip T
template <typename T>
class GpioOperations
{
	using Raw = ::gpio_chip;

public:
	/// Sets the functions, of which a kernel has one or another form.
	template <typename Chip>
	static void fill(Chip &chip)
	{
		chip.can_sleep = !gpio_never_sleeps<T>;
		if constexpr (Has_get<T>)
			chip.get = &get;
		if constexpr (Has_set<T>) {
			using Set = decltype(chip.set(nullptr, 0, 0)); // void before 6.17
			if constexpr (requires { chip.set_rv; })
				chip.set_rv = &set<int>;
			else
				chip.set = &set<Set>;
		}
		if constexpr (Has_direction<T>)
			chip.get_direction = &get_direction;
		if constexpr (Has_make_input<T>)
			chip.direction_input = &direction_input;
		if constexpr (Has_make_output<T>)
			chip.direction_output = &direction_output;
		if constexpr (Has_has_line<T>)
			chip.init_valid_mask = &init_valid_mask;
	}

	/// Sets the functions of several lines at once, of a chip whose lines fit into a word.
	template <typename Chip>
	static void fill_several(Chip &chip)
	{
		if constexpr (Has_get_lines<T>)
			chip.get_multiple = &get_multiple;
		if constexpr (Has_set_lines<T>) {
			using Set = decltype(chip.set_multiple(nullptr, nullptr, nullptr));
			if constexpr (requires { chip.set_multiple_rv; })
				chip.set_multiple_rv = &set_multiple<int>;
			else
				chip.set_multiple = &set_multiple<Set>;
		}
	}

private:
	// SAFETY, of all below: the kernel calls them with the chip that add() added.

	/// For Clang: a function that is declared KCXX_MUST_NOT_SLEEP follows.
	static void in_context_of_lines() KCXX_ASSERT_CAPABILITY(asserted_context.no_sleep) {}

	static int get(Raw *raw, unsigned int line)
	{
		in_context_of_lines();
		const Result<bool> high = gpio_object_of<T>(raw).get(line);
		if (!high)
			return high.error().to_errno();
		return *high ? 1 : 0;
	}

	template <typename Returned>
	static Returned set(Raw *raw, unsigned int line, int value)
	{
		in_context_of_lines();
		const Result<> written = gpio_object_of<T>(raw).set(line, value != 0);
		if constexpr (!std::is_void_v<Returned>)
			return to_c(written);
	}

	static int get_direction(Raw *raw, unsigned int line)
	{
		in_context_of_lines();
		const Result<gpio::Direction> direction = gpio_object_of<T>(raw).direction(line);
		return direction ? static_cast<int>(*direction) : direction.error().to_errno();
	}
	static int direction_input(Raw *raw, unsigned int line)
	{
		in_context_of_lines();
		return to_c(gpio_object_of<T>(raw).make_input(line));
	}
	static int direction_output(Raw *raw, unsigned int line, int value)
	{
		in_context_of_lines();
		return to_c(gpio_object_of<T>(raw).make_output(line, value != 0));
	}

	static int get_multiple(Raw *raw, unsigned long *mask, unsigned long *bits)
	{
		in_context_of_lines();
		const Result<unsigned long> levels = gpio_object_of<T>(raw).get_lines(*mask);
		if (!levels)
			return levels.error().to_errno();
		*bits = (*bits & ~*mask) | (*levels & *mask);
		return 0;
	}
	template <typename Returned>
	static Returned set_multiple(Raw *raw, unsigned long *mask, unsigned long *bits)
	{
		in_context_of_lines();
		const Result<> written = gpio_object_of<T>(raw).set_lines(*mask, *bits & *mask);
		if constexpr (!std::is_void_v<Returned>)
			return to_c(written);
	}

	static int init_valid_mask(Raw *raw, unsigned long *mask, unsigned int lines)
	{
		for (unsigned int line = 0; line < lines; ++line)
			if (!gpio_object_of<T>(raw).has_line(line))
				mask[line / gpio_word] &= ~(1UL << line % gpio_word);
		return 0;
	}
};

/// Names the lines, if the class has names. They last until the device is unbound.
template <typename T>
Result<> name_gpio_lines(BoundDevice &device, ::gpio_chip &raw, const T &chip) KCXX_MAY_SLEEP
{
	if constexpr (Has_line_name<T> && gpio_names_fit<T>) {
		Vec<const char *> names;
		KTRY(names.resize(raw.ngpio, nullptr, GFP_KERNEL));
		for (unsigned int line = 0; line < raw.ngpio; ++line)
			names[line] = KTRY(kept_text(device, chip.line_name(line)));
		raw.names = KTRY(device.keep(std::move(names)))->data();
	}
	return {};
}

} // namespace kernel::detail
