// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The registers of a device behind a bus, as one list. C API: struct regmap_config of
/// <linux/regmap.h>.
///
///     struct Configuration : Register<u16, 1> { using Shutdown = Bit<8>; };
///     using Layout = RegmapLayout<u8, Volatile<Temperature>, Configuration, Limit>;

#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <type_traits>

#include <generated/bindings/regmap/layout.hpp>
#include <kernel/io/register.hpp>
#include <kernel/types/algobase.hpp>
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

/// A register that changes when it is read, such as a status that a read clears. It is not kept in
/// a cache, and debugfs does not read it.
template <typename R>
struct Precious {
	/// The register
	using Register = R;
};

/// A register behind which the device has a queue: each access to it is of the next word. It is not
/// kept in a cache, and debugfs does not read it.
template <typename R>
struct Fifo {
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
	static constexpr bool is_precious = false;
	static constexpr bool is_fifo = false;
};
template <typename R>
struct RegmapEntry<Volatile<R>> : RegmapEntry<R> {
	static constexpr bool is_volatile = true;
};
template <typename R>
struct RegmapEntry<Precious<R>> : RegmapEntry<Volatile<R>> {
	static constexpr bool is_precious = true;
};
template <typename R>
struct RegmapEntry<Fifo<R>> : RegmapEntry<Precious<R>> {
	static constexpr bool is_fifo = true;
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
/// \tparam Entries the registers, and arrays of them: those that the device changes in Volatile,
/// Precious or Fifo
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
	static constexpr unsigned int last = [] {
		unsigned int most = 0;
		((most = std::max(
			  most,
			  static_cast<unsigned int>(
				  detail::RegmapEntry<Entries>::Register::offset +
				  (detail::regmap_count<
					   typename detail::RegmapEntry<Entries>::Register>() -
				   1) *
					  detail::regmap_stride<typename detail::RegmapEntry<
						  Entries>::Register>()))),
		 ...);
		return most;
	}();

	/// True if the list has the register `R`
	template <typename R>
	static constexpr bool has =
		(std::same_as<R, typename detail::RegmapEntry<Entries>::Register> || ...);

	/// True if the list has the register `R` in Volatile, Precious or Fifo
	template <typename R>
	static constexpr bool is_volatile =
		((detail::RegmapEntry<Entries>::is_volatile &&
		  std::same_as<R, typename detail::RegmapEntry<Entries>::Register>) ||
		 ...);

	/// True if the list has the register `R` in Fifo
	template <typename R>
	static constexpr bool is_fifo =
		((detail::RegmapEntry<Entries>::is_fifo &&
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
	/// True if a read changes the register `number`
	[[nodiscard]] static bool precious(::device * /*device*/, unsigned int number)
	{
		return ((detail::RegmapEntry<Entries>::is_precious && at<Entries>(number)) || ...);
	}
	/// True if the register `number` has a queue behind it
	[[nodiscard]] static bool queued(::device * /*device*/, unsigned int number)
	{
		return ((detail::RegmapEntry<Entries>::is_fifo && at<Entries>(number)) || ...);
	}

private:
	template <typename Entry>
	[[nodiscard]] static bool at(unsigned int number)
	{
		return detail::has_number<typename detail::RegmapEntry<Entry>::Register>(number);
	}
};

/// The registers of a layout, as a value: which of a driver's models has which registers is known
/// when the driver has found its device.
class RegmapRegisters
{
public:
	/// The registers of a RegmapLayout
	template <typename Layout>
	[[nodiscard]] static constexpr RegmapRegisters of() noexcept
	{
		RegmapRegisters registers;
		registers.readable_ = &Layout::readable;
		registers.writable_ = &Layout::writable;
		registers.changing_ = &Layout::changing;
		registers.precious_ = &Layout::precious;
		registers.queued_ = &Layout::queued;
		registers.last_ = Layout::last;
		return registers;
	}

	/// For C: sets what is of the registers
	template <typename Config>
	void describe(Config &config) const
	{
		config.readable_reg = readable_;
		config.writeable_reg = writable_;
		config.volatile_reg = changing_;
		config.precious_reg = precious_;
		config.readable_noinc_reg = queued_;
		config.writeable_noinc_reg = queued_;
		config.max_register = last_;
	}

private:
	using Question = bool(::device *, unsigned int);

	constexpr RegmapRegisters() noexcept = default;

	Question *readable_ = nullptr;
	Question *writable_ = nullptr;
	Question *changing_ = nullptr;
	Question *precious_ = nullptr;
	Question *queued_ = nullptr;
	unsigned int last_ = 0;
};

} // namespace kernel
