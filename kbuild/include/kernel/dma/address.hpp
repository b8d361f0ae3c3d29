// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Addresses as devices see them, and which of them a device has. C API: <linux/dma-mapping.h>.

#pragma once

#include <compare>
#include <cstddef>

#include <generated/bindings/dma/address.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/integers.hpp>

namespace kernel::dma
{

/// An address as a device sees it: a number for its registers, and no pointer
class Address
{
public:
	/// The address that is this number.
	explicit constexpr Address(u64 number) noexcept : number_{number} {}
	/// The number, for a register of the device
	[[nodiscard]] constexpr u64 number() const noexcept { return number_; }
	/// The address `bytes` further.
	friend constexpr Address operator+(Address address, u64 bytes) noexcept
	{
		return Address{address.number_ + bytes};
	}
	/// Compares addresses.
	friend constexpr auto operator<=>(Address, Address) = default;

private:
	u64 number_;
};

/// Declares how many bits of an address the device has: 32, 64 or what its data sheet names. Call
/// it in probe() before any memory is made or mapped.
///
/// Errors: EIO if the machine cannot serve such a device. Context: may sleep.
inline Result<> set_mask(BoundDevice &device, unsigned int bits) KCXX_MAY_SLEEP
{
	if (bits == 0 || bits > 64)
		return EINVAL;
	// SAFETY: the device is bound to this driver.
	return to_result(bindings::kcxx_dma_set_mask_and_coherent(device, ~0ULL >> (64 - bits)));
}

/// The most bytes that one mapping may have: fewer than the buffer has where the machine copies it
/// to memory that the device reaches. Context: any.
[[nodiscard]] inline std::size_t max_mapping_size(BoundDevice &device) noexcept
{
	// SAFETY: the device is bound to this driver.
	return bindings::dma_max_mapping_size(device);
}

} // namespace kernel::dma
