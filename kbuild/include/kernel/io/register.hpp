// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Registers and their bit fields, described once, as types. C API: <linux/bits.h>,
/// <linux/bitfield.h>.
///
///     struct Status : Register<u32, 0x20> {
///             using Ready = Bit<7>;
///             using Mode = Field<2, 0>;
///     };
///     using Identification = Register<u32, 0x00, Access::read_only>;
///
/// Where a device has such registers, as in the memory of a pci::Bar, they are read and written by
/// these types: see <kernel/io/registers.hpp>.

#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <type_traits>

#include <kernel/sync/context.hpp>
#include <kernel/types/integers.hpp>

namespace kernel
{

/// The ways in which a driver may use a register
enum class Access {
	read_write,
	read_only,
	write_only,
	write_one_to_clear, ///< a 1 that is written clears the bit: see Registers::acknowledge()
};

namespace detail
{

/// A word of a register: 8, 16, 32 or 64 bits
template <typename T>
concept RegisterWord =
	std::same_as<T, u8> || std::same_as<T, u16> || std::same_as<T, u32> || std::same_as<T, u64>;

/// The bits from `low` to `high`. C: GENMASK()
template <RegisterWord Word>
consteval Word mask_of(unsigned int high, unsigned int low)
{
	constexpr auto all = static_cast<Word>(~Word{0}); // ~ makes an int of a u8 or u16
	return static_cast<Word>((all >> (8 * sizeof(Word) - 1 - high)) &
				 static_cast<Word>(all << low));
}

/// Called with a constant that a field has no bits for; nothing defines it
[[gnu::error("kcxx-E1391: the value does not fit into the bits of this field")]] void
value_is_wider_than_its_field() KCXX_NEVER_SLEEPS;

} // namespace detail

/// The bits of one register: as they were read, or as they will be written. Values of two registers
/// do not mix.
///
/// \tparam Owner the Register that the bits are of
template <typename Owner>
class RegisterValue
{
public:
	/// The register
	using Register = Owner;
	/// Its word
	using Word = typename Owner::Word;

	/// All bits are 0.
	constexpr RegisterValue() noexcept = default;
	/// The bits as a number.
	explicit constexpr RegisterValue(Word bits) noexcept : bits_{bits} {}

	/// The bits as a number
	[[nodiscard]] constexpr Word bits() const noexcept { return bits_; }

	/// The value of a field: a bool for a Bit, the enum or the number for a Field
	template <typename Field>
	[[nodiscard]] constexpr typename Field::Type get() const noexcept
	{
		static_assert(std::same_as<typename Field::Register, Owner>,
			      "kcxx-E1392: the field is one of another register");
		return static_cast<typename Field::Type>((bits_ & Field::mask) >> Field::shift);
	}

	/// The same bits, but with those of `field`
	template <typename Field>
	[[nodiscard]] constexpr RegisterValue with(Field field) const noexcept
	{
		static_assert(std::same_as<typename Field::Register, Owner>,
			      "kcxx-E1392: the field is one of another register");
		return RegisterValue{static_cast<Word>((bits_ & static_cast<Word>(~Field::mask)) |
						       field.bits())};
	}

	/// The bits of both.
	friend constexpr RegisterValue operator|(RegisterValue a, RegisterValue b) noexcept
	{
		return RegisterValue{static_cast<Word>(a.bits_ | b.bits_)};
	}
	/// True for the same bits.
	friend constexpr bool operator==(RegisterValue, RegisterValue) noexcept = default;
	/// Compares the bits with a number.
	friend constexpr bool operator==(RegisterValue value, Word bits) noexcept
	{
		return value.bits_ == bits;
	}

private:
	Word bits_ = 0;
};

/// Bits of a register, from `High` down to `Low`, and a value for them. C: FIELD_PREP()
///
/// \tparam T the type of the value: a number, an enum, or bool for one bit
template <typename Owner, unsigned int High, unsigned int Low, typename T>
class RegisterField
{
	using Word = typename Owner::Word;

	static_assert(High >= Low,
		      "kcxx-E1393: a field goes from its high bit to its low bit: Field<7, 4>");
	static_assert(High < 8 * sizeof(Word), "kcxx-E1394: the register has no such bit");
	static_assert(!std::same_as<T, bool> || High == Low, "kcxx-E1395: a bool is one bit");

public:
	/// The register
	using Register = Owner;
	/// The type of the value
	using Type = T;
	/// The field's bits in the register
	static constexpr Word mask = detail::mask_of<Word>(High, Low);
	/// The place of its lowest bit
	static constexpr unsigned int shift = Low;

	/// A value for the field. A constant that does not fit is refused at compile time; of
	/// another value the bits that do not fit are dropped, as by FIELD_PREP().
	explicit constexpr RegisterField(T value) noexcept
	    : bits_{static_cast<Word>((static_cast<Word>(value) << Low) & mask)}
	{
		if (__builtin_constant_p(static_cast<Word>(value)) &&
		    static_cast<Word>(static_cast<Word>(value) &
				      static_cast<Word>(~(mask >> Low))) != 0)
			detail::value_is_wider_than_its_field();
	}

	/// The bits at their place in the register
	[[nodiscard]] constexpr Word bits() const noexcept { return bits_; }

	/// A value of the register with these bits alone
	constexpr operator RegisterValue<Owner>() const noexcept
	{
		return RegisterValue<Owner>{bits_};
	}

	/// The bits of both.
	template <unsigned int OtherHigh, unsigned int OtherLow, typename OtherType>
	friend constexpr RegisterValue<Owner>
	operator|(RegisterField a, RegisterField<Owner, OtherHigh, OtherLow, OtherType> b) noexcept
	{
		return RegisterValue<Owner>{a.bits()} | RegisterValue<Owner>{b.bits()};
	}

private:
	Word bits_;
};

/// A register: the word at `Offset`, in bytes from the start of the device's registers. Behind a
/// bus, in a Regmap, `Offset` is the number of the register.
///
/// \tparam W its word: u8, u16, u32, u64
/// \tparam endian the order of its bytes, which on nearly all devices is the little one
template <detail::RegisterWord W, std::size_t Offset, Access Allowed = Access::read_write,
	  std::endian Order = std::endian::little>
struct Register {
	/// Its word
	using Word = W;
	/// Its bits
	using Value = RegisterValue<Register>;
	/// Bits of it, from `High` down to `Low`
	template <unsigned int High, unsigned int Low, typename T = W>
	using Field = RegisterField<Register, High, Low, T>;
	/// One bit of it
	template <unsigned int Number>
	using Bit = RegisterField<Register, Number, Number, bool>;

	/// Its place: in bytes, or its number on the bus of a Regmap
	static constexpr std::size_t offset = Offset;
	/// The uses that are allowed
	static constexpr Access access = Allowed;
	/// The order of its bytes
	static constexpr std::endian order = Order;
};

/// A row of `Count` equal registers, `Stride` bytes from one to the next
///
///     struct Queue : RegisterArray<u32, 0x100, 16> { using Busy = Bit<0>; };
template <detail::RegisterWord W, std::size_t Offset, std::size_t Count,
	  std::size_t Stride = sizeof(W), Access Allowed = Access::read_write,
	  std::endian Order = std::endian::little>
struct RegisterArray : Register<W, Offset, Allowed, Order> {
	/// The number of registers
	static constexpr std::size_t count = Count;
	/// Bytes from one to the next
	static constexpr std::size_t stride = Stride;

	static_assert(Count != 0, "kcxx-E1396: an array has a register");
	static_assert(Stride != 0, "kcxx-E1397: the next register lies behind this one");
};

} // namespace kernel
