// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Numbers in the order of bytes that a device or a protocol has. C API: __le32, le32_to_cpu() and
/// their like of <asm/byteorder.h>, get_unaligned_be16() and its like of <linux/unaligned.h>.
///
///     struct Descriptor {          // in the memory of a device
///             le64 address;
///             le32 size;
///     };
///     descriptor.size = 4096;      // in the device's order
///     const u32 size = descriptor.size;
///
///     struct Header {              // of a packet: its numbers lie anywhere
///             u8 version;
///             unaligned_be16 length;
///     };

#pragma once

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <span>
#include <type_traits>

#include <kernel/error.hpp>
#include <kernel/types/integers.hpp>

namespace kernel
{

namespace detail
{

/// The number in `order`, or back from it: the same change of bytes
template <std::unsigned_integral Word>
[[nodiscard]] constexpr Word in_order(Word word, std::endian order) noexcept
{
	if (order == std::endian::native || sizeof(Word) == 1)
		return word;
	if constexpr (sizeof(Word) == 2)
		return __builtin_bswap16(word);
	else if constexpr (sizeof(Word) == 4)
		return __builtin_bswap32(word);
	else if constexpr (sizeof(Word) == 8)
		return __builtin_bswap64(word);
	return word;
}

} // namespace detail

/// A number whose bytes have the order `Order` in memory. It converts from and to the CPU's order
/// by itself: the conversion cannot be forgotten.
///
/// \tparam Word u16, u32 or u64
/// \tparam Alignment of its address: 1 for one that lies anywhere
template <std::unsigned_integral Word, std::endian Order, std::size_t Alignment = sizeof(Word)>
class Endian
{
public:
	/// The number is 0.
	constexpr Endian() noexcept = default;
	/// The number `value`.
	constexpr Endian(Word value) noexcept // NOLINT(*-explicit-*): a number of another order
	    : bytes_{std::bit_cast<Bytes>(detail::in_order(value, Order))}
	{
	}

	/// The number in the CPU's order
	[[nodiscard]] constexpr Word value() const noexcept
	{
		return detail::in_order(std::bit_cast<Word>(bytes_), Order);
	}
	/// The number in the CPU's order
	constexpr operator Word() const noexcept { return value(); } // NOLINT(*-explicit-*)

private:
	using Bytes = std::array<u8, sizeof(Word)>;

	alignas(Alignment) Bytes bytes_{};
};

using le16 = Endian<u16, std::endian::little>; ///< 16 bits, the low byte first
using le32 = Endian<u32, std::endian::little>; ///< 32 bits, the low byte first
using le64 = Endian<u64, std::endian::little>; ///< 64 bits, the low byte first
using be16 = Endian<u16, std::endian::big>;    ///< 16 bits, the high byte first
using be32 = Endian<u32, std::endian::big>;    ///< 32 bits, the high byte first
using be64 = Endian<u64, std::endian::big>;    ///< 64 bits, the high byte first

using unaligned_le16 = Endian<u16, std::endian::little, 1>; ///< 16 bits, at any address
using unaligned_le32 = Endian<u32, std::endian::little, 1>; ///< 32 bits, at any address
using unaligned_le64 = Endian<u64, std::endian::little, 1>; ///< 64 bits, at any address
using unaligned_be16 = Endian<u16, std::endian::big, 1>;    ///< 16 bits, at any address
using unaligned_be32 = Endian<u32, std::endian::big, 1>;    ///< 32 bits, at any address
using unaligned_be64 = Endian<u64, std::endian::big, 1>;    ///< 64 bits, at any address

/// The T that lies `offset` bytes behind the start of `bytes`, at any address: a number, a le32, a
/// structure of a protocol.
///
///     const u16 type = KTRY(load<be16>(packet, 12));
///
/// Errors: EINVAL if it does not lie in them. Context: any.
template <typename T>
[[nodiscard]] Result<T> load(std::span<const u8> bytes, std::size_t offset = 0)
{
	static_assert(std::is_trivially_copyable_v<T>,
		      "kcxx-E1482: load<T>(): T is copied byte by byte");
	if (offset > bytes.size() || bytes.size() - offset < sizeof(T)) [[unlikely]]
		return EINVAL;
	T value;
	__builtin_memcpy(&value, bytes.data() + offset, sizeof(T));
	return {std::in_place, value};
}

/// Writes `value` to `bytes`, `offset` bytes behind their start, at any address.
///
///     KTRY(store<be16>(packet, 12, 0x0800));
///
/// Errors: EINVAL if it does not lie in them. Context: any.
template <typename T>
Result<> store(std::span<u8> bytes, std::size_t offset, const std::type_identity_t<T> &value)
{
	static_assert(std::is_trivially_copyable_v<T>,
		      "kcxx-E1483: store<T>(): T is copied byte by byte");
	if (offset > bytes.size() || bytes.size() - offset < sizeof(T)) [[unlikely]]
		return EINVAL;
	__builtin_memcpy(bytes.data() + offset, &value, sizeof(T));
	return {};
}

} // namespace kernel
