// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Several supplies of a device at once. C API: regulator_bulk_enable() and its like of
/// <linux/regulator/consumer.h>.
///
///     static constexpr std::array names{"vdd", "vio"};
///     const RegulatorBulk supplies = KTRY(RegulatorBulk::get(device, names));
///     auto powered = KTRY(supplies.enable()); // until this ends

#pragma once

#include <cstddef>
#include <span>
#include <utility>

#include <generated/bindings/regulator/bulk.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/sync/context.hpp>

struct regulator_bulk_data;

namespace kernel
{

/// Supplies of a device, until the device is unbound. Copies are of the same supplies.
class RegulatorBulk
{
	using Raw = ::regulator_bulk_data;

public:
	/// The time in which the supplies are on: from RegulatorBulk::enable() until this ends.
	/// Moves, does not copy.
	class [[nodiscard]] Enabled
	{
	public:
		Enabled(const Enabled &) = delete;
		Enabled &operator=(const Enabled &) = delete;
		/// Leaves the other without supplies.
		Enabled(Enabled &&other) noexcept
		    : raw_{other.raw_}, count_{std::exchange(other.count_, 0)}
		{
		}
		/// Takes the other's supplies, and leaves this one's to it.
		Enabled &operator=(Enabled &&other) noexcept
		{
			std::swap(raw_, other.raw_);
			std::swap(count_, other.count_);
			return *this;
		}
		/// Lets the supplies go off, the last one first. Context: may sleep.
		~Enabled() KCXX_MAY_SLEEP
		{
			if (count_ != 0)
				// SAFETY: the supplies were enabled once for this object.
				(void)bindings::kcxx_regulator_bulk_disable(count_, raw_);
		}

	private:
		friend RegulatorBulk;
		Enabled(int count, Raw *raw) noexcept : raw_{raw}, count_{count} {}

		Raw *raw_;
		int count_;
	};

	/// The supplies of these names, as of Regulator::get(). The texts are kept by their
	/// addresses.
	///
	/// Errors: as of Regulator::get(); ENOMEM. Context: may sleep.
	[[nodiscard]] static Result<RegulatorBulk>
	get(BoundDevice &device, std::span<const char *const> names) KCXX_MAY_SLEEP
	{
		// SAFETY, of both: the device is bound, and has the array until it has no supplies.
		auto *raw = static_cast<Raw *>(
			bindings::kcxx_devm_kcalloc(device, names.size(), sizeof(Raw)));
		if (raw == nullptr)
			return ENOMEM;
		for (std::size_t place = 0; place < names.size(); ++place)
			raw[place].supply = names[place];
		const int count = static_cast<int>(names.size());
		KTRY(to_result(bindings::kcxx_devm_regulator_bulk_get(device, count, raw)));
		return RegulatorBulk{count, raw};
	}

	/// Turns all supplies on at the same time, or none if there is an error. Errors: as of
	/// their regulators. Context: may sleep.
	Result<Enabled> enable() const KCXX_MAY_SLEEP
	{
		// SAFETY: the device has the supplies until it is unbound.
		KTRY(to_result(bindings::kcxx_regulator_bulk_enable(count_, raw_)));
		return Enabled{count_, raw_};
	}

private:
	RegulatorBulk(int count, Raw *raw) noexcept : raw_{raw}, count_{count} {}

	Raw *raw_;
	int count_;
};

} // namespace kernel
