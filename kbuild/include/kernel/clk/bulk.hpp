// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Several clocks of a device at once. C API: clk_bulk_prepare_enable() and its like of
/// <linux/clk.h>.
///
///     static constexpr std::array names{"bus", "core"};
///     const ClkBulk clocks = KTRY(ClkBulk::get(device, names));
///     auto running = KTRY(clocks.enable()); // until this ends

#pragma once

#include <cstddef>
#include <span>
#include <utility>

#include <generated/bindings/clk/bulk.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/sync/context.hpp>

struct clk_bulk_data;

namespace kernel
{

/// Clocks of a device, until the device is unbound. Copies are of the same clocks.
class ClkBulk
{
	using Raw = ::clk_bulk_data;

public:
	/// The time in which the clocks run: from ClkBulk::enable() until this ends. Moves, does
	/// not copy.
	class [[nodiscard]] Enabled
	{
	public:
		Enabled(const Enabled &) = delete;
		Enabled &operator=(const Enabled &) = delete;
		/// Leaves the other without clocks.
		Enabled(Enabled &&other) noexcept
		    : raw_{other.raw_}, count_{std::exchange(other.count_, 0)}
		{
		}
		/// Takes the other's clocks, and leaves this one's to it.
		Enabled &operator=(Enabled &&other) noexcept
		{
			std::swap(raw_, other.raw_);
			std::swap(count_, other.count_);
			return *this;
		}
		/// Lets the clocks stop. Context: may sleep.
		~Enabled() KCXX_MAY_SLEEP
		{
			// SAFETY: the clocks were enabled once for this object.
			bindings::kcxx_clk_bulk_disable_unprepare(count_, raw_);
		}

	private:
		friend ClkBulk;
		Enabled(int count, Raw *raw) noexcept : raw_{raw}, count_{count} {}

		Raw *raw_;
		int count_;
	};

	/// The clocks of these names. The texts are kept by their addresses.
	///
	/// Errors: ENOENT if the device lacks one; EPROBE_DEFER if one is not there yet; ENOMEM.
	/// Context: may sleep.
	[[nodiscard]] static Result<ClkBulk> get(BoundDevice &device,
						 std::span<const char *const> names) KCXX_MAY_SLEEP
	{
		// SAFETY, of both: the device is bound, and has the array until it has no clocks.
		auto *raw = static_cast<Raw *>(
			bindings::kcxx_devm_kcalloc(device, names.size(), sizeof(Raw)));
		if (raw == nullptr)
			return ENOMEM;
		for (std::size_t place = 0; place < names.size(); ++place)
			raw[place].id = names[place];
		const int count = static_cast<int>(names.size());
		KTRY(to_result(bindings::kcxx_devm_clk_bulk_get(device, count, raw)));
		return ClkBulk{count, raw};
	}

	/// Lets all clocks run, or none if there is an error. Errors: as of their providers.
	/// Context: may sleep.
	Result<Enabled> enable() const KCXX_MAY_SLEEP
	{
		// SAFETY: the device has the clocks until it is unbound.
		KTRY(to_result(bindings::kcxx_clk_bulk_prepare_enable(count_, raw_)));
		return Enabled{count_, raw_};
	}

private:
	ClkBulk(int count, Raw *raw) noexcept : raw_{raw}, count_{count} {}

	Raw *raw_;
	int count_;
};

} // namespace kernel
