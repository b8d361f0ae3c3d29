// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Reads and writes of registers, by the types of <kernel/io/register.hpp>. C API: <linux/io.h>,
/// <linux/iopoll.h>.

#pragma once

#include <bit>
#include <concepts>
#include <cstddef>

#include <generated/bindings/io/registers.hpp>
#include <kernel/bug.hpp>
#include <kernel/error.hpp>
#include <kernel/io/register.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/time/ktime.hpp>

namespace kernel
{

namespace detail
{

template <typename R>
inline constexpr bool is_readable = R::access != Access::write_only;

template <typename R>
concept ArrayOfRegisters = requires { R::count; };

/// Called with a constant that is no index; nothing defines it
[[gnu::error("kcxx-E1398: the array has no register of this index")]] void
index_is_behind_the_array() KCXX_NEVER_SLEEPS;

/// A word in the device's order of bytes, or back from it
template <typename R>
[[nodiscard]] constexpr typename R::Word ordered(typename R::Word word) noexcept
{
	if constexpr (R::order == std::endian::little || sizeof(word) == 1)
		return word; // all of kcxx's architectures are little-endian
	else if constexpr (sizeof(word) == 2)
		return __builtin_bswap16(word);
	else if constexpr (sizeof(word) == 4)
		return __builtin_bswap32(word);
	else
		return __builtin_bswap64(word);
}

template <typename R>
[[gnu::always_inline]] inline std::size_t offset_at(std::size_t index)
{
	if (__builtin_constant_p(index) && index >= R::count)
		index_is_behind_the_array();
	if (index >= R::count) [[unlikely]]
		bug("Registers: index out of bounds");
	return R::offset + index * R::stride;
}

} // namespace detail

/// The functions of a place that has registers. `Place` derives from it, and has:
///
///     static constexpr std::size_t size;                   // bytes
///     template <typename Word> Word load(std::size_t offset) const;
///     template <typename Word> void store(std::size_t offset, Word word) const;
///     // the same without order against other memory: load_relaxed(), store_relaxed()
///
/// A register behind the end, a read of a register that cannot be read, and a write of one that
/// cannot be written do not compile. Context of all that has no other: any.
template <typename Place>
class Registers
{
public:
	/// The register `R`
	template <typename R>
		requires(!detail::ArrayOfRegisters<R>)
	[[nodiscard]] typename R::Value read() const noexcept
	{
		require_readable<R>();
		return value<R>(place().template load<typename R::Word>(R::offset));
	}

	/// The register of a RegisterArray at `index`; BUG()s if there is none
	template <detail::ArrayOfRegisters R>
	[[nodiscard]] typename R::Value read(std::size_t index) const noexcept
	{
		require_readable<R>();
		return value<R>(
			place().template load<typename R::Word>(detail::offset_at<R>(index)));
	}

	/// Like read(), but the CPU may read it before or after other memory. C: readl_relaxed()
	template <typename R>
	[[nodiscard]] typename R::Value read_relaxed() const noexcept
	{
		require_readable<R>();
		return value<R>(place().template load_relaxed<typename R::Word>(R::offset));
	}

	/// Writes a number to the register `R`.
	template <typename R>
		requires(!detail::ArrayOfRegisters<R>)
	void write(typename R::Word bits) const noexcept
	{
		require_writable<R>();
		place().template store<typename R::Word>(R::offset, detail::ordered<R>(bits));
	}

	/// Writes fields of the register `R`; its other bits become 0.
	///
	///     registers.write<Status>(Status::Ready{true} | Status::Mode{3});
	template <typename R>
		requires(!detail::ArrayOfRegisters<R>)
	void write(typename R::Value fields) const noexcept
	{
		write<R>(fields.bits());
	}

	/// Writes a number to the register of a RegisterArray at `index`; BUG()s if there is none.
	template <detail::ArrayOfRegisters R>
	void write(std::size_t index, typename R::Word bits) const noexcept
	{
		require_writable<R>();
		place().template store<typename R::Word>(detail::offset_at<R>(index),
							 detail::ordered<R>(bits));
	}

	/// Writes fields of the register of a RegisterArray at `index`; its other bits become 0.
	template <detail::ArrayOfRegisters R>
	void write(std::size_t index, typename R::Value fields) const noexcept
	{
		write<R>(index, fields.bits());
	}

	/// Like write(), but the CPU may write it before or after other memory. C:
	/// writel_relaxed()
	template <typename R>
	void write_relaxed(typename R::Word bits) const noexcept
	{
		require_writable<R>();
		place().template store_relaxed<typename R::Word>(R::offset,
								 detail::ordered<R>(bits));
	}

	/// Reads the register `R`, and writes it with other `fields`. Another CPU that writes it
	/// meanwhile loses: hold a lock.
	///
	///     registers.update<Status>(Status::Mode{3});
	template <typename R, typename... Fields>
	void update(Fields... fields) const noexcept
	{
		static_assert(
			R::access == Access::read_write,
			"kcxx-E1399: update() reads and writes: the register has another Access");
		typename R::Value bits = read<R>();
		((bits = bits.with(fields)), ...);
		write<R>(bits);
	}

	/// Clears the bits that are 1 in `bits`, by writing them, and no others.
	template <typename R>
	void acknowledge(typename R::Value bits) const noexcept
	{
		static_assert(R::access == Access::write_one_to_clear,
			      "kcxx-E1400: acknowledge() is for a register of "
			      "Access::write_one_to_clear");
		place().template store<typename R::Word>(R::offset,
							 detail::ordered<R>(bits.bits()));
	}

	/// Reads the register `R` until `done(value)` is true, and returns that value. Sleeps
	/// `pause` between two reads. C: read_poll_timeout()
	///
	/// Errors: ETIMEDOUT if that takes longer than `timeout`. Context: may sleep.
	template <typename R, std::predicate<typename R::Value> Done>
	Result<typename R::Value> poll(Done done, Nanoseconds pause,
				       Nanoseconds timeout) const KCXX_MAY_SLEEP
	{
		const auto microseconds = static_cast<unsigned long>(pause.count() / 1000);
		const Ktime end = ktime_get() + timeout;
		for (;;) {
			const bool late = ktime_get() > end; // before the read: it is the last one
			const auto value = read<R>();
			if (done(value))
				return value;
			if (late)
				return ETIMEDOUT;
			// SAFETY: the caller may sleep.
			if (microseconds != 0)
				bindings::kcxx_usleep_range((microseconds >> 2) + 1, microseconds);
		}
	}

	/// The same where nothing may sleep: waits `pause` between two reads.
	///
	/// Errors: ETIMEDOUT. Context: any.
	template <typename R, std::predicate<typename R::Value> Done>
	Result<typename R::Value> poll_atomic(Done done, Nanoseconds pause,
					      Nanoseconds timeout) const
	{
		const Nanoseconds step = pause.count() < 1000 ? Nanoseconds{1000} : pause;
		for (Nanoseconds waited;; waited = waited + step) {
			const auto value = read<R>();
			if (done(value))
				return value;
			if (waited > timeout)
				return ETIMEDOUT;
			// SAFETY: the delay is short, as C's callers have it.
			bindings::kcxx_udelay(static_cast<unsigned long>(step.count() / 1000));
		}
	}

	/// The word at `offset`, which is not known when the driver is compiled.
	///
	/// Errors: EINVAL if it lies behind the end, or not at a multiple of its size.
	template <detail::RegisterWord Word>
	[[nodiscard]] Result<Word> try_read(std::size_t offset) const noexcept
	{
		if (!holds<Word>(offset))
			return EINVAL;
		return place().template load<Word>(offset);
	}

	/// Writes the word at `offset`. Errors: as of try_read().
	template <detail::RegisterWord Word>
	Result<> try_write(std::size_t offset, Word word) const noexcept
	{
		if (!holds<Word>(offset))
			return EINVAL;
		place().template store<Word>(offset, word);
		return {};
	}

private:
	friend Place;
	Registers() = default;

	[[nodiscard]] const Place &place() const noexcept
	{
		return static_cast<const Place &>(*this);
	}

	template <typename R>
	[[nodiscard]] static constexpr typename R::Value value(typename R::Word word) noexcept
	{
		return typename R::Value{detail::ordered<R>(word)};
	}

	template <typename Word>
	[[nodiscard]] static constexpr bool holds(std::size_t offset) noexcept
	{
		return offset % sizeof(Word) == 0 && offset < Place::size &&
		       Place::size - offset >= sizeof(Word);
	}

	template <typename R>
	static consteval std::size_t end_of() noexcept
	{
		if constexpr (detail::ArrayOfRegisters<R>)
			return R::offset + (R::count - 1) * R::stride + sizeof(typename R::Word);
		else
			return R::offset + sizeof(typename R::Word);
	}

	template <typename R>
	static constexpr void require_inside() noexcept
	{
		static_assert(end_of<R>() <= Place::size,
			      "kcxx-E1401: the register lies behind the end of the mapped "
			      "registers: map more, as by "
			      "map<0x200>(), or correct the register's offset");
		static_assert(R::offset % sizeof(typename R::Word) == 0,
			      "kcxx-E1402: a register lies at a multiple of its size");
		if constexpr (detail::ArrayOfRegisters<R>)
			static_assert(R::stride % sizeof(typename R::Word) == 0,
				      "kcxx-E1403: the next register of an array lies at a "
				      "multiple of its "
				      "size");
	}

	template <typename R>
	static constexpr void require_readable() noexcept
	{
		require_inside<R>();
		static_assert(detail::is_readable<R>, "kcxx-E1404: the register is write-only");
	}

	template <typename R>
	static constexpr void require_writable() noexcept
	{
		require_inside<R>();
		static_assert(R::access != Access::read_only,
			      "kcxx-E1405: the register is read-only");
		static_assert(
			R::access != Access::write_one_to_clear,
			"kcxx-E1406: a write clears bits of this register: use acknowledge()");
	}
};

} // namespace kernel
