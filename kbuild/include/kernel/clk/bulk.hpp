// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Several clocks of a device at once. C API: clk_bulk_prepare_enable() and its like of
/// <linux/clk.h>.
///
///     static constexpr std::array names{"bus", "core"};
///     const ClkBulk clocks = KTRY(ClkBulk::get(device, names));
///     auto running = KTRY(clocks.enable()); // until this ends

#pragma once

#include <generated/bindings/clk/bulk.hpp>
#include <kernel/device/resource_bulk.hpp>
#include <kernel/sync/context.hpp>

struct clk_bulk_data;

namespace kernel
{

namespace detail
{

struct ClkBulkKind {
	using Raw = ::clk_bulk_data;

	// SAFETY, of all below: ResourceBulk calls them for a bound device and its array.
	static void set_name(Raw &raw, const char *name) { raw.id = name; }
	static int get(BoundDevice &device, int count, Raw *raw) KCXX_MAY_SLEEP
	{
		return bindings::kcxx_devm_clk_bulk_get(device, count, raw);
	}
	static int enable(int count, Raw *raw) KCXX_MAY_SLEEP
	{
		return bindings::kcxx_clk_bulk_prepare_enable(count, raw);
	}
	static void disable(int count, Raw *raw) KCXX_MAY_SLEEP
	{
		bindings::kcxx_clk_bulk_disable_unprepare(count, raw);
	}
};

} // namespace detail

/// Clocks of a device: see ResourceBulk
using ClkBulk = ResourceBulk<detail::ClkBulkKind>;

} // namespace kernel
