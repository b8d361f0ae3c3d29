// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Devices on an I2C bus that a module names, because firmware does not. C API:
/// i2c_new_client_device() of <linux/i2c.h>.

#pragma once

#include <utility>

#include <generated/kcxx-bindings.hpp>
#include <kernel/bug.hpp>
#include <kernel/error.hpp>
#include <kernel/i2c/client.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/integers.hpp>
#include <kernel/types/lifetime.hpp>

namespace kernel::i2c
{

/// A device on an I2C bus that this module names, as long as this lives: it holds the module of the
/// bus. Moves, does not copy.
///
///     sensor_ = KTRY(i2c::NewClient::make(0, "lm75", 0x48));
class [[nodiscard]] NewClient
{
public:
	/// Names the device at `address` of the adapter `number`, i2c-0 for 0. A driver with the id
	/// `name`, which the kernel copies, is bound before this returns, if it is there.
	///
	/// Errors: ENODEV if there is no such adapter; EBUSY if the address is in use; EINVAL if it
	/// is none of 7 bits. Context: may sleep.
	[[nodiscard]] static Result<NewClient> make(int number, const char *name,
						    u16 address) KCXX_MAY_SLEEP
	{
		// SAFETY: the name is copied.
		return NewClient{KTRY(
			Error::from_pointer(bindings::kcxx_i2c_new_client(number, name, address)))};
	}

	NewClient(const NewClient &) = delete;
	NewClient &operator=(const NewClient &) = delete;
	/// Leaves the other without a device.
	NewClient(NewClient &&other) noexcept : raw_{std::exchange(other.raw_, nullptr)} {}
	/// Takes the other's device, and gives this one's to it.
	NewClient &operator=(NewClient &&other) noexcept
	{
		std::swap(raw_, other.raw_);
		return *this;
	}
	/// Unbinds the device, and ends it. Context: may sleep.
	~NewClient()
	{
		if (raw_ != nullptr)
			// SAFETY: make() made the device, which ends once.
			bindings::kcxx_i2c_end_client(raw_);
	}

	/// The device; BUG()s after a move
	[[nodiscard]] Client &operator*() const KCXX_LIFETIMEBOUND
	{
		if (raw_ == nullptr) [[unlikely]]
			bug("i2c::NewClient: used after a move");
		return Client::of(raw_);
	}

private:
	explicit NewClient(::i2c_client *raw) noexcept : raw_{raw} {}

	::i2c_client *raw_;
};

} // namespace kernel::i2c
