// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Interrupts that a device behind a bus collects: a chip with several functions has one line, and
/// registers that tell which function interrupts. C API: struct regmap_irq_chip of
/// <linux/regmap.h>.
///
///     struct Status : Register<u8, 0x10, Access::write_one_to_clear> {
///             using Alarm = Bit<0>;
///             using Button = Bit<3>;
///     };
///     using Mask = Register<u8, 0x11>;
///     using Irqs = RegmapIrqs<Status, Mask, Status, Status::Alarm, Status::Button>;
///
///     const auto irqs = KTRY(RegmapIrqChip<Irqs>::add(device, registers, line));
///     return button_.request(device, KTRY(irqs.irq<Status::Button>()));
///
/// The handlers run one after the other in a thread of the line's, so each is that of a
/// ThreadedIrq.

#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

#include <generated/bindings/regmap/irqs.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/interrupt/irq.hpp>
#include <kernel/io/registers.hpp>
#include <kernel/regmap/layout.hpp>
#include <kernel/regmap/regmap.hpp>
#include <kernel/sync/context.hpp>

struct regmap_irq_chip_data;

namespace kernel
{

/// A register whose bits let the interrupts come, in place of a mask whose bits keep them away
template <typename R>
struct Enabling {
	/// The register
	using Register = R;
};

namespace detail
{

template <typename R>
struct IrqMask {
	using Register = R;
	static constexpr bool enables = false;
};
template <typename R>
struct IrqMask<Enabling<R>> {
	using Register = R;
	static constexpr bool enables = true;
};

/// The place of `Cause` in a list; the list's size if it is not there
template <typename Cause, typename... Causes>
consteval unsigned int place_of()
{
	unsigned int place = 0;
	(void)((std::same_as<Cause, Causes> || (++place, false)) || ...);
	return place;
}

} // namespace detail

/// The registers of the interrupts that a device collects, and the bits of each.
///
/// \tparam StatusRegister has a 1 for each interrupt that is pending; one of Volatile
/// \tparam MaskRegister has a 1 for each that must not come, or is Enabling another
/// \tparam AckRegister clears with a 1 what is pending, which may be the status register itself;
/// void, if a read of the status clears it
/// \tparam Causes bits of the status register, one for each interrupt
template <typename StatusRegister, typename MaskRegister, typename AckRegister, typename... Causes>
struct RegmapIrqs {
	/// The register that tells which interrupts are pending
	using Status = StatusRegister;
	/// The register that keeps them away, or lets them come
	using Mask = typename detail::IrqMask<MaskRegister>::Register;
	/// The register that clears them
	using Ack = AckRegister;

	static_assert(sizeof...(Causes) != 0,
		      "kcxx-E1493: the status register has bits for interrupts: name them");
	static_assert((std::same_as<typename Causes::Register, typename Status::Value::Register> &&
		       ...),
		      "kcxx-E1494: an interrupt is a bit of the status register");
	static_assert(detail::is_readable<Status>, "kcxx-E1495: the status register is read");
	static_assert(Mask::access == Access::read_write,
		      "kcxx-E1496: the mask register is read and written");
	static_assert(Mask::offset != 0,
		      "kcxx-E1497: the kernel takes the mask register 0 for none");

	/// How many there are
	static constexpr unsigned int count = sizeof...(Causes);
	/// The number of the interrupt of this bit, from 0; `count` if there is none
	template <typename Cause>
	static constexpr unsigned int number = detail::place_of<Cause, Causes...>();

	/// For C: never null
	[[nodiscard]] static const ::regmap_irq_chip *chip() noexcept { return &chip_; }

private:
	static consteval std::array<::regmap_irq, count> made_causes()
	{
		std::array<::regmap_irq, count> causes{};
		std::size_t at = 0;
		((causes[at++].mask = Causes::mask), ...);
		return causes;
	}

	static constexpr std::array<::regmap_irq, count> causes_ = made_causes();

	template <typename Chip>
	static consteval Chip made()
	{
		Chip chip{};
		chip.name = KBUILD_MODNAME;
		chip.status_base = Status::offset;
		if constexpr (detail::IrqMask<MaskRegister>::enables)
			chip.unmask_base = Mask::offset;
		else
			chip.mask_base = Mask::offset;
		if constexpr (!std::is_void_v<Ack>) {
			chip.ack_base = Ack::offset;
			chip.use_ack = 1; // the kernel takes the register 0 for none
		}
		chip.num_regs = 1;
		chip.irqs = causes_.data();
		chip.num_irqs = count;
		return chip;
	}

	static const ::regmap_irq_chip chip_;
};

template <typename StatusRegister, typename MaskRegister, typename AckRegister, typename... Causes>
constinit const ::regmap_irq_chip
	RegmapIrqs<StatusRegister, MaskRegister, AckRegister, Causes...>::chip_ =
		RegmapIrqs::made<::regmap_irq_chip>();

/// The interrupts of a device behind a bus, until the device is unbound. Copies are of the same.
///
/// \tparam Irqs a RegmapIrqs
template <typename Irqs>
class RegmapIrqChip
{
public:
	/// Requests the line `irq` of the device, whose interrupts the registers tell. All are
	/// masked until they are requested.
	///
	/// Errors: those of the bus; EBUSY if the line is used; ENOMEM. Context: may sleep.
	template <typename Layout>
	[[nodiscard]] static Result<RegmapIrqChip>
	add(BoundDevice &device, const Regmap<Layout> &registers, unsigned int irq,
	    IrqFlags flags = {}) KCXX_MAY_SLEEP
	{
		check<Layout>();
		::regmap_irq_chip_data *data = nullptr;
		const unsigned long bits = flags.bits() | KCXX_IRQF_ONESHOT;
		// SAFETY: the device is bound, and the chip's description is static.
		KTRY(to_result(bindings::devm_regmap_add_irq_chip(
			device, registers.raw(), static_cast<int>(irq), static_cast<int>(bits), 0,
			Irqs::chip(), &data)));
		return RegmapIrqChip{data};
	}

	/// The number of the interrupt of the bit `Cause`, for ThreadedIrq::request(). Errors:
	/// ENOMEM. Context: may sleep.
	template <typename Cause>
	[[nodiscard]] Result<ThreadedIrqNumber> irq() const KCXX_MAY_SLEEP
	{
		constexpr unsigned int number = Irqs::template number<Cause>;
		static_assert(number < Irqs::count, "kcxx-E1498: the list of interrupts has no "
						    "such bit: name it in RegmapIrqs");
		// SAFETY: the chip lives, for its device is bound.
		const int found = KTRY(
			from_c(bindings::regmap_irq_get_virq(data_, static_cast<int>(number))));
		if (found == 0)
			return ENOMEM;
		return ThreadedIrqNumber{static_cast<unsigned int>(found)};
	}

private:
	explicit RegmapIrqChip(::regmap_irq_chip_data *data) noexcept : data_{data} {}

	template <typename Layout>
	static constexpr void check() noexcept
	{
		static_assert(Layout::template has<typename Irqs::Status> &&
				      Layout::template has<typename Irqs::Mask>,
			      "kcxx-E1499: the regmap's layout lacks a register of the interrupts: "
			      "name it "
			      "there");
		static_assert(Layout::template is_volatile<typename Irqs::Status>,
			      "kcxx-E1500: the device changes the status of its interrupts: write "
			      "Volatile<> around the register in the layout");
		if constexpr (!std::is_void_v<typename Irqs::Ack>)
			static_assert(
				Layout::template has<typename Irqs::Ack>,
				"kcxx-E1501: the regmap's layout lacks the register that clears "
				"interrupts: name it there");
	}

	::regmap_irq_chip_data *data_;
};

} // namespace kernel
