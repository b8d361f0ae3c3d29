// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Devices on an I2C bus that a module names, because firmware does not. C API:
/// i2c_new_client_device() of <linux/i2c.h>.

#pragma once

#include <span>
#include <utility>

#include <generated/bindings/i2c/new_client.hpp>
#include <kernel/bug.hpp>
#include <kernel/device/description.hpp>
#include <kernel/error.hpp>
#include <kernel/i2c/client.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/integers.hpp>
#include <kernel/types/lifetime.hpp>

namespace kernel::i2c
{

/// A description of a device on an I2C bus, as firmware has it, besides the address
struct ClientDescription {
	unsigned int irq = 0;                    ///< its interrupt; 0 without
	std::span<const OwnProperty> properties; ///< as of a device tree
	std::span<const OwnNode> children;       ///< nodes below its own
};

/// A device on an I2C bus that this module names, as long as this lives: it holds the module of the
/// bus. Moves, does not copy.
///
///     sensor_ = KTRY(i2c::NewClient::make(0, "lm75", 0x48));
///     static constexpr std::array slow{own_property("trickle-resistor-ohms", u32{1120})};
///     clock_ = KTRY(i2c::NewClient::make(0, "bq32000", 0x68, {.properties = slow}));
class [[nodiscard]] NewClient
{
public:
	/// Names the device at `address` of the adapter `number`, i2c-0 for 0. A driver with the id
	/// `name`, which the kernel copies, is bound before this returns, if it is there.
	///
	/// Errors: ENODEV if there is no such adapter; EBUSY if the address is in use; EINVAL if it
	/// is none of 7 bits; ENOMEM. Context: may sleep.
	[[nodiscard]] static Result<NewClient> make(int number, const char *name, u16 address,
						    const ClientDescription &of = {}) KCXX_MAY_SLEEP
	{
		auto description = KTRY(OwnDescription::make(of.properties, of.children));
		// SAFETY: the name is copied, and the description lives longer than the device.
		NewClient made{KTRY(Error::from_pointer(bindings::kcxx_i2c_new_client(
			number, name, address, static_cast<int>(of.irq), description.root())))};
		made.description_ = std::move(description);
		return made;
	}

	NewClient(const NewClient &) = delete;
	NewClient &operator=(const NewClient &) = delete;
	/// Leaves the other without a device.
	NewClient(NewClient &&other) noexcept
	    : description_{std::move(other.description_)}, raw_{std::exchange(other.raw_, nullptr)}
	{
	}
	/// Takes the other's device, and gives this one's to it.
	NewClient &operator=(NewClient &&other) noexcept
	{
		std::swap(description_, other.description_);
		std::swap(raw_, other.raw_);
		return *this;
	}
	/// Unbinds the device, and ends it. Context: may sleep.
	~NewClient() KCXX_MAY_SLEEP
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

	OwnDescription description_; // ends after the device
	::i2c_client *raw_;
};

} // namespace kernel::i2c
