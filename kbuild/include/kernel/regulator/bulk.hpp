// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Several supplies of a device at once. C API: regulator_bulk_enable() and its like of
/// <linux/regulator/consumer.h>.
///
///     static constexpr std::array names{"vdd", "vio"};
///     const RegulatorBulk supplies = KTRY(RegulatorBulk::get(device, names));
///     auto powered = KTRY(supplies.enable()); // until this ends

#pragma once

#include <generated/bindings/regulator/bulk.hpp>
#include <kernel/device/resource_bulk.hpp>
#include <kernel/sync/context.hpp>

struct regulator_bulk_data;

namespace kernel
{

namespace detail
{

struct RegulatorBulkKind {
	using Raw = ::regulator_bulk_data;

	// SAFETY, of all below: ResourceBulk calls them for a bound device and its array.
	static void set_name(Raw &raw, const char *name) { raw.supply = name; }
	static int get(BoundDevice &device, int count, Raw *raw) KCXX_MAY_SLEEP
	{
		return bindings::kcxx_devm_regulator_bulk_get(device, count, raw);
	}
	static int enable(int count, Raw *raw) KCXX_MAY_SLEEP
	{
		return bindings::kcxx_regulator_bulk_enable(count, raw);
	}
	static void disable(int count, Raw *raw) KCXX_MAY_SLEEP
	{
		(void)bindings::kcxx_regulator_bulk_disable(count, raw);
	}
};

} // namespace detail

/// Supplies of a device: see ResourceBulk
using RegulatorBulk = ResourceBulk<detail::RegulatorBulkKind>;

} // namespace kernel
