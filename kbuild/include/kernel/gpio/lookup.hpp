// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// GPIO lines of devices that no firmware describes. C API: <linux/gpio/machine.h>.

#pragma once

#include <cstddef>
#include <span>
#include <utility>

#include <generated/bindings/gpio/lookup.hpp>
#include <kernel/error.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/integers.hpp>

struct gpiod_lookup_table;

namespace kernel::gpio
{

/// How a line is wired: `wiring::active_low | wiring::pull_up`. C: GPIO_ACTIVE_LOW and its like
class Wiring
{
public:
	/// Active when high.
	constexpr Wiring() noexcept = default;
	/// C's flags.
	explicit constexpr Wiring(unsigned long bits) noexcept : bits_{bits} {}
	/// C's flags
	[[nodiscard]] constexpr unsigned long bits() const noexcept { return bits_; }
	/// The flags of both.
	friend constexpr Wiring operator|(Wiring a, Wiring b) noexcept
	{
		return Wiring{a.bits_ | b.bits_};
	}

private:
	unsigned long bits_ = 0;
};

namespace wiring
{

inline constexpr Wiring active_low{KCXX_GPIO_ACTIVE_LOW};   ///< active when low
inline constexpr Wiring open_drain{KCXX_GPIO_OPEN_DRAIN};   ///< driven low alone
inline constexpr Wiring open_source{KCXX_GPIO_OPEN_SOURCE}; ///< driven high alone
inline constexpr Wiring pull_up{KCXX_GPIO_PULL_UP};         ///< high if nothing drives it
inline constexpr Wiring pull_down{KCXX_GPIO_PULL_DOWN};     ///< low if nothing drives it

} // namespace wiring

/// A line of a chip, and its name for the device that uses it
struct OwnLine {
	const char *name = nullptr; ///< for Input::get(): "reset"
	const char *chip = nullptr; ///< the chip's label
	u16 line = 0;               ///< on the chip, from 0
	Wiring wiring;              ///< of the line
	unsigned int index{0};      ///< of several with this name
};

/// The lines of one device, as long as this lives. Moves, does not copy.
///
///     static constexpr std::array lines{gpio::OwnLine{.name = "reset", .chip = "pump-lines",
///                                                     .line = 3}};
///     lines_ = KTRY(gpio::LookupTable::make("pump", lines));
class [[nodiscard]] LookupTable
{
public:
	/// Makes the lines known for the device of this name, and keeps the texts by their
	/// addresses.
	///
	/// Errors: ENOMEM. Context: may sleep.
	[[nodiscard]] static Result<LookupTable> make(const char *device,
						      std::span<const OwnLine> lines) KCXX_MAY_SLEEP
	{
		// SAFETY, of all below: the table has room for the lines, and a zeroed row behind
		// them.
		::gpiod_lookup_table *table = bindings::kcxx_gpiod_table(device, lines.size());
		if (table == nullptr)
			return ENOMEM;
		std::size_t at = 0;
		for (const OwnLine &own : lines)
			bindings::kcxx_gpiod_table_line(table, at++, own.chip, own.line, own.name,
							own.index, own.wiring.bits());
		bindings::gpiod_add_lookup_table(table);
		return LookupTable{table};
	}

	LookupTable(const LookupTable &) = delete;
	LookupTable &operator=(const LookupTable &) = delete;
	/// Leaves the other without lines.
	LookupTable(LookupTable &&other) noexcept : raw_{std::exchange(other.raw_, nullptr)} {}
	LookupTable &operator=(LookupTable &&) = delete;
	/// Drivers that have a line keep it. Context: may sleep.
	~LookupTable() KCXX_MAY_SLEEP
	{
		if (raw_ == nullptr)
			return;
		// SAFETY: the table was added, and is removed once.
		bindings::gpiod_remove_lookup_table(raw_);
		bindings::kcxx_gpiod_table_free(raw_);
	}

private:
	explicit LookupTable(::gpiod_lookup_table *raw) noexcept : raw_{raw} {}

	::gpiod_lookup_table *raw_;
};

} // namespace kernel::gpio
