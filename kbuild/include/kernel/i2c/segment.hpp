// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Parts of a transfer on an I2C bus. C API: struct i2c_msg of <linux/i2c.h>.
///
///     KTRY(client.transfer(i2c::send(command), i2c::receive(answer)));

#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <type_traits>

#include <generated/bindings/i2c/segment.hpp>
#include <kernel/types/integers.hpp>
#include <kernel/types/lifetime.hpp>

struct i2c_msg;

namespace kernel::i2c
{

/// One part of a transfer, in which bytes go one way. send() and receive() make it, where
/// Client::transfer() is called: it neither moves nor copies, so that its buffer lives.
class Segment
{
public:
	Segment(const Segment &) = delete;
	Segment &operator=(const Segment &) = delete;
	~Segment() = default;

	/// The number of bytes
	[[nodiscard]] std::size_t size() const noexcept { return size_; }
	/// True if a segment can be as large
	[[nodiscard]] bool fits() const noexcept
	{
		return size_ <= std::numeric_limits<u16>::max();
	}

	/// Writes C's message. The segment fits.
	void fill(::i2c_msg &raw) const noexcept
	{
		raw.flags = static_cast<u16>(raw.flags | flags_);
		raw.len = static_cast<u16>(size_);
		raw.buf = bytes_;
	}

private:
	friend Segment send(std::span<const u8> bytes KCXX_LIFETIMEBOUND) noexcept;
	template <typename Buffer>
	friend Segment receive(Buffer &&buffer KCXX_LIFETIMEBOUND) noexcept;

	Segment(u8 *bytes, std::size_t size, unsigned int flags) noexcept
	    : bytes_{bytes}, size_{size}, flags_{flags}
	{
	}

	u8 *bytes_;
	std::size_t size_;
	unsigned int flags_;
};

/// Sends bytes, of any memory.
[[nodiscard]] inline Segment send(std::span<const u8> bytes KCXX_LIFETIMEBOUND) noexcept
{
	// C's message has one pointer for both ways; a bus does not write to bytes that it sends.
	// NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast)
	return Segment{const_cast<u8 *>(bytes.data()), bytes.size(), 0};
}

/// Receives as many bytes as the buffer has room for, which is a span of u8, an array, a Vec.
template <typename Buffer>
[[nodiscard]] Segment receive(Buffer &&buffer KCXX_LIFETIMEBOUND) noexcept
{
	constexpr bool fits = std::is_constructible_v<std::span<u8>, Buffer &>;
	static_assert(fits,
		      "kcxx-E1514: bytes are received into memory that can be written: an array, a "
		      "Vec or a std::span of u8 that is not constant");
	if constexpr (fits) {
		const std::span<u8> bytes{buffer};
		return Segment{bytes.data(), bytes.size(), KCXX_I2C_M_RD};
	} else {
		return Segment{nullptr, 0, 0};
	}
}

} // namespace kernel::i2c
