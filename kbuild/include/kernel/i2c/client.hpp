// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Devices on an I2C bus, in the kernel's words clients of an adapter. C API: <linux/i2c.h>.

#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <limits>
#include <span>

#include <generated/bindings/i2c/client.hpp>
#include <kernel/device/bus_device.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/i2c/segment.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/integers.hpp>

struct i2c_client;

namespace kernel::i2c
{

/// The abilities of an adapter: `functions::word_data | functions::byte_data`
class Functions
{
public:
	/// C's bits, of I2C_FUNC_….
	explicit constexpr Functions(unsigned int bits) noexcept : bits_{bits} {}
	/// C's bits
	[[nodiscard]] constexpr unsigned int bits() const noexcept { return bits_; }
	/// Both.
	friend constexpr Functions operator|(Functions a, Functions b) noexcept
	{
		return Functions{a.bits_ | b.bits_};
	}

private:
	unsigned int bits_;
};

namespace functions
{

inline constexpr Functions transfers{KCXX_I2C_FUNC_I2C};   ///< plain I2C
inline constexpr Functions byte{KCXX_I2C_FUNC_SMBUS_BYTE}; ///< receive_byte(), send_byte()
inline constexpr Functions byte_data{KCXX_I2C_FUNC_SMBUS_BYTE_DATA}; ///< read_byte(), write_byte()
inline constexpr Functions word_data{KCXX_I2C_FUNC_SMBUS_WORD_DATA}; ///< read_word(), write_word()
inline constexpr Functions block{KCXX_I2C_FUNC_SMBUS_I2C_BLOCK}; ///< read_block(), write_block()
/// read_counted_block(), write_counted_block()
inline constexpr Functions counted_block{KCXX_I2C_FUNC_SMBUS_BLOCK_DATA};

} // namespace functions

/// A device on an I2C bus: a reference of this type is a pointer to C's struct i2c_client.
/// Functions that talk to the device may sleep, and return the adapter's errors: ENXIO or EREMOTEIO
/// if no device answers, ETIMEDOUT, EIO, EOPNOTSUPP if the adapter has no such function.
class Client : public BusDevice<Client, ::i2c_client>
{
public:
	// SAFETY, of all below: the device lives, and buffers have the size that is named.

	/// Its address on the bus, of 7 or 10 bits
	[[nodiscard]] u16 address() const noexcept { return raw()->addr; }

	/// True if the adapter has all these functions. Context: any.
	[[nodiscard]] bool has(Functions functions) const noexcept
	{
		return bindings::kcxx_i2c_has(raw(), functions.bits());
	}

	/// The byte that the device sends without being asked for a register: SMBus calls this
	/// Receive Byte. Context: may sleep.
	[[nodiscard]] Result<u8> receive_byte() const KCXX_MAY_SLEEP
	{
		const int value = KTRY(from_c(bindings::i2c_smbus_read_byte(raw())));
		return static_cast<u8>(value);
	}
	/// Sends one byte, which is a command, or the number of a register for receive_byte().
	/// Context: may sleep.
	Result<> send_byte(u8 value) const KCXX_MAY_SLEEP
	{
		return to_result(bindings::i2c_smbus_write_byte(raw(), value));
	}

	/// The byte of a register. Context: may sleep.
	[[nodiscard]] Result<u8> read_byte(u8 place) const KCXX_MAY_SLEEP
	{
		const int value = KTRY(from_c(bindings::i2c_smbus_read_byte_data(raw(), place)));
		return static_cast<u8>(value);
	}
	/// Writes the byte of a register. Context: may sleep.
	Result<> write_byte(u8 place, u8 value) const KCXX_MAY_SLEEP
	{
		return to_result(bindings::i2c_smbus_write_byte_data(raw(), place, value));
	}

	/// The word of a register, whose low byte comes first on the bus. Context: may sleep.
	[[nodiscard]] Result<u16> read_word(u8 place) const KCXX_MAY_SLEEP
	{
		const int value = KTRY(from_c(bindings::i2c_smbus_read_word_data(raw(), place)));
		return static_cast<u16>(value);
	}
	/// Writes the word of a register, its low byte first. Context: may sleep.
	Result<> write_word(u8 place, u16 value) const KCXX_MAY_SLEEP
	{
		return to_result(bindings::i2c_smbus_write_word_data(raw(), place, value));
	}

	/// The word of a register, whose high byte comes first, as of most sensors. Context: may
	/// sleep.
	[[nodiscard]] Result<u16> read_word_swapped(u8 place) const KCXX_MAY_SLEEP
	{
		return static_cast<u16>(__builtin_bswap16(KTRY(read_word(place))));
	}
	/// Writes the word of a register, its high byte first. Context: may sleep.
	Result<> write_word_swapped(u8 place, u16 value) const KCXX_MAY_SLEEP
	{
		return write_word(place, __builtin_bswap16(value));
	}

	/// Reads up to 32 bytes from the register `place` on, and returns how many came. Context:
	/// may sleep.
	Result<std::size_t> read_block(u8 place, std::span<u8> to) const KCXX_MAY_SLEEP
	{
		const std::size_t size = to.size() < 32 ? to.size() : 32;
		const int count = KTRY(from_c(bindings::i2c_smbus_read_i2c_block_data(
			raw(), place, static_cast<u8>(size), to.data())));
		return static_cast<std::size_t>(count);
	}
	/// Writes up to 32 bytes from the register `place` on. Errors besides: EINVAL if there are
	/// more. Context: may sleep.
	Result<> write_block(u8 place, std::span<const u8> from) const KCXX_MAY_SLEEP
	{
		if (from.size() > 32)
			return EINVAL;
		return to_result(bindings::i2c_smbus_write_i2c_block_data(
			raw(), place, static_cast<u8>(from.size()), from.data()));
	}

	/// Reads a block whose size the device sends before it, and returns the size, which is at
	/// most 32. Errors besides: EOVERFLOW if `to` has less room.
	/// Context: may sleep.
	Result<std::size_t> read_counted_block(u8 place, std::span<u8> to) const KCXX_MAY_SLEEP
	{
		std::array<u8, 32> bytes{};
		const int count = KTRY(
			from_c(bindings::i2c_smbus_read_block_data(raw(), place, bytes.data())));
		const auto size = static_cast<std::size_t>(count);
		if (size > to.size())
			return EOVERFLOW;
		__builtin_memcpy(to.data(), bytes.data(), size);
		return size;
	}
	/// Writes a block of up to 32 bytes, and its size before it. Errors besides: EINVAL if
	/// there are more. Context: may sleep.
	Result<> write_counted_block(u8 place, std::span<const u8> from) const KCXX_MAY_SLEEP
	{
		if (from.size() > 32)
			return EINVAL;
		return to_result(bindings::i2c_smbus_write_block_data(
			raw(), place, static_cast<u8>(from.size()), from.data()));
	}

	/// Makes all parts in one transfer, each behind a repeated start, so that no other driver's
	/// transfer comes between.
	///
	///     KTRY(client.transfer(i2c::send(command), i2c::receive(answer)));
	///
	/// Errors besides: EINVAL if a part has more than 65535 bytes; EIO if the bus made some of
	/// the parts alone. Context: may sleep.
	template <typename... Segments>
	Result<> transfer(Segments &&...segments) const KCXX_MAY_SLEEP
	{
		static_assert(sizeof...(Segments) != 0 && (std::same_as<Segments, Segment> && ...),
			      "kcxx-E1515: a transfer has parts that are made in its call: write "
			      "transfer(i2c::send(command), i2c::receive(answer))");
		std::array<::i2c_msg, sizeof...(Segments)> messages{};
		if (!(segments.fits() && ...))
			return EINVAL;
		for (::i2c_msg &message : messages)
			bindings::kcxx_i2c_address(&message, raw());
		std::size_t at = 0;
		(segments.fill(messages[at++]), ...);
		const int made = KTRY(from_c(bindings::i2c_transfer(
			raw()->adapter, messages.data(), static_cast<int>(messages.size()))));
		return static_cast<std::size_t>(made) == messages.size() ? Result<>{} : EIO;
	}

	/// Sends a command and receives the answer, in one transfer. Errors and context: as of
	/// transfer().
	Result<> write_then_read(std::span<const u8> command,
				 std::span<u8> answer) const KCXX_MAY_SLEEP
	{
		return transfer(i2c::send(command), i2c::receive(answer));
	}

	/// Sends bytes in one transfer. Errors besides: EINVAL if there are more than 65535; EIO if
	/// not all were sent. Context: may sleep.
	Result<> send(std::span<const u8> bytes) const KCXX_MAY_SLEEP
	{
		if (bytes.size() > std::numeric_limits<u16>::max())
			return EINVAL;
		const int sent = KTRY(from_c(
			bindings::kcxx_i2c_send(raw(), reinterpret_cast<const char *>(bytes.data()),
						static_cast<int>(bytes.size()))));
		return static_cast<std::size_t>(sent) == bytes.size() ? Result<>{} : EIO;
	}
	/// Receives bytes in one transfer. Errors and context: as of send().
	Result<> receive(std::span<u8> bytes) const KCXX_MAY_SLEEP
	{
		if (bytes.size() > std::numeric_limits<u16>::max())
			return EINVAL;
		const int received = KTRY(from_c(
			bindings::kcxx_i2c_receive(raw(), reinterpret_cast<char *>(bytes.data()),
						   static_cast<int>(bytes.size()))));
		return static_cast<std::size_t>(received) == bytes.size() ? Result<>{} : EIO;
	}
};

/// A device on an I2C bus that is bound to this driver
class BoundClient : public BoundBusDevice<BoundClient, Client>
{
public:
	/// The number of its interrupt for Irq::request(), or 0 if it has none
	[[nodiscard]] unsigned int irq() const noexcept
	{
		return raw()->irq > 0 ? static_cast<unsigned int>(raw()->irq) : 0;
	}
};

} // namespace kernel::i2c
