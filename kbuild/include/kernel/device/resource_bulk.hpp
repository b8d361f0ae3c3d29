// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Several resources of one kind of a device, which are enabled at once: ClkBulk, RegulatorBulk.
/// C API: clk_bulk_prepare_enable(), regulator_bulk_enable() and their like.

#pragma once

#include <cstddef>
#include <span>

#include <generated/bindings/device/resource_bulk.hpp>
#include <kernel/device/device.hpp>
#include <kernel/device/resource_use.hpp>
#include <kernel/error.hpp>
#include <kernel/sync/context.hpp>

namespace kernel
{

/// Resources of a device, until the device is unbound. Copies are of the same resources. Kind has
/// the type of C's struct for one of them, Raw, and functions that call C's: set_name(), get(),
/// enable() and disable().
template <typename Kind>
class ResourceBulk
{
	using Raw = typename Kind::Raw;
	using Array = std::span<Raw>;

	struct Enabling {
		using Resource = ResourceBulk;
		using Raw = Array;
		static void end(Array array) KCXX_MAY_SLEEP
		{
			if (!array.empty())
				Kind::disable(static_cast<int>(array.size()), array.data());
		}
	};

public:
	/// The time in which all of them are enabled: from enable() until this ends
	using Enabled = ResourceUse<Enabling>;

	/// The resources of these names, which are copied.
	///
	/// Errors: as of one such resource; ENOMEM. Context: may sleep.
	[[nodiscard]] static Result<ResourceBulk>
	get(BoundDevice &device, std::span<const char *const> names) KCXX_MAY_SLEEP
	{
		// SAFETY: the device is bound, and has the array until it has no resources.
		auto *raw = static_cast<Raw *>(
			bindings::kcxx_devm_kcalloc(device, names.size(), sizeof(Raw)));
		if (raw == nullptr)
			return ENOMEM;
		for (std::size_t place = 0; place < names.size(); ++place)
			Kind::set_name(raw[place], KTRY(detail::kept_text(device, names[place])));
		KTRY(to_result(Kind::get(device, static_cast<int>(names.size()), raw)));
		return ResourceBulk{Array{raw, names.size()}};
	}

	/// Enables all of them, or none if there is an error. Errors: as of their providers.
	/// Context: may sleep.
	Result<Enabled> enable() const KCXX_MAY_SLEEP
	{
		KTRY(to_result(Kind::enable(static_cast<int>(array_.size()), array_.data())));
		return Enabled{array_};
	}

private:
	explicit ResourceBulk(Array array) noexcept : array_{array} {}

	Array array_;
};

} // namespace kernel
