// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The registers of a device behind a bus, as one list. C API: struct regmap_config of
/// <linux/regmap.h>.
///
///     struct Configuration : Register<u16, 1> { using Shutdown = Bit<8>; };
///     using Layout = RegmapLayout<u8, Volatile<Temperature>, Configuration, Limit>;

#pragma once

#include <algorithm>
#include <bit>
#include <concepts>
#include <cstddef>
#include <type_traits>

#include <generated/bindings/regmap/layout.hpp>
#include <kernel/io/register.hpp>
#include <kernel/types/integers.hpp>

struct device;

namespace kernel
{

/// A register whose value the device changes by itself: it is not kept in a cache.
template <typename R>
struct Volatile {
	/// The register
	using Register = R;
};

/// The memory of a Regmap for what it has read and written
enum class RegmapCache : unsigned int {
	none = KCXX_REGCACHE_NONE, ///< each access goes to the device
	tree = KCXX_REGCACHE_TREE, ///< values of all but volatile registers are kept
};

namespace detail
{

template <typename Entry>
struct RegmapEntry {
	using Register = Entry;
	static constexpr bool is_volatile = false;
};
template <typename R>
struct RegmapEntry<Volatile<R>> {
	using Register = R;
	static constexpr bool is_volatile = true;
};

/// How many registers R has, and how far each is from the one before
template <typename R>
consteval std::size_t regmap_count()
{
	if constexpr (requires { R::count; })
		return R::count;
	else
		return 1;
}
template <typename R>
consteval std::size_t regmap_stride()
{
	if constexpr (requires { R::stride; })
		return R::stride;
	else
		return 1;
}

/// True if `number` is the register R, or one of an array
template <typename R>
[[nodiscard]] constexpr bool has_number(unsigned int number) noexcept
{
	return number >= R::offset && (number - R::offset) % regmap_stride<R>() == 0 &&
	       (number - R::offset) / regmap_stride<R>() < regmap_count<R>();
}

template <typename R, typename... More>
struct FirstRegister {
	using Word = typename RegmapEntry<R>::Register::Word;
};

} // namespace detail

/// All registers of a device, each with its number on the bus as the offset. What a driver may read
/// and write, and what a cache keeps, follows from it.
///
/// \tparam Address the number of a register as the bus has it: u8, u16, u32
/// \tparam Entries the registers, and arrays of them: those that the device changes in Volatile
template <detail::RegisterWord Address, typename... Entries>
struct RegmapLayout {
	static_assert(sizeof...(Entries) != 0, "kcxx-E1444: the device has registers: name them");

	/// The word of each register
	using Word = typename detail::FirstRegister<Entries...>::Word;

	static_assert((std::same_as<Word, typename detail::RegmapEntry<Entries>::Register::Word> &&
		       ...),
		      "kcxx-E1445: all registers of a regmap have words of one width");
	static_assert(((detail::RegmapEntry<Entries>::Register::order == std::endian::little) &&
		       ...),
		      "kcxx-E1446: a regmap has one order of bytes for all registers: name it in "
		      "its RegmapOptions");

	/// Bits of a register's number
	static constexpr int address_bits = 8 * sizeof(Address);
	/// The number of the last register
	static constexpr unsigned int last = std::max({(static_cast<unsigned int>(
		detail::RegmapEntry<Entries>::Register::offset +
		(detail::regmap_count<typename detail::RegmapEntry<Entries>::Register>() - 1) *
			detail::regmap_stride<
				typename detail::RegmapEntry<Entries>::Register>()))...});

	/// True if the list has the register `R`
	template <typename R>
	static constexpr bool has =
		(std::same_as<R, typename detail::RegmapEntry<Entries>::Register> || ...);

	/// True if the list has the register `R` in Volatile
	template <typename R>
	static constexpr bool is_volatile =
		((detail::RegmapEntry<Entries>::is_volatile &&
		  std::same_as<R, typename detail::RegmapEntry<Entries>::Register>) ||
		 ...);

	/// True if a driver may read the register `number`
	[[nodiscard]] static bool readable(::device * /*device*/, unsigned int number)
	{
		return (((detail::RegmapEntry<Entries>::Register::access != Access::write_only) &&
			 at<Entries>(number)) ||
			...);
	}
	/// True if a driver may write the register `number`
	[[nodiscard]] static bool writable(::device * /*device*/, unsigned int number)
	{
		return (((detail::RegmapEntry<Entries>::Register::access != Access::read_only) &&
			 at<Entries>(number)) ||
			...);
	}
	/// True if the device changes the register `number`. One that is written alone is kept in
	/// the cache, so that Regmap::sync() restores it.
	[[nodiscard]] static bool changing(::device * /*device*/, unsigned int number)
	{
		return ((detail::RegmapEntry<Entries>::is_volatile && at<Entries>(number)) || ...);
	}

private:
	template <typename Entry>
	[[nodiscard]] static bool at(unsigned int number)
	{
		return detail::has_number<typename detail::RegmapEntry<Entry>::Register>(number);
	}
};

} // namespace kernel
