// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Registers behind a bus that sleeps, with a lock and a cache. C API: <linux/regmap.h>.
///
///     auto registers = KTRY(Regmap<Layout>::make(client, {.cache = RegmapCache::tree}));
///     KTRY(registers.update<Configuration>(Configuration::Shutdown{false}));
///     const auto limit = KTRY(registers.read<Limit>());

#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <optional>
#include <span>

#include <generated/bindings/regmap/regmap.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/i2c/client.hpp>
#include <kernel/io/mmio.hpp>
#include <kernel/io/registers.hpp>
#include <kernel/regmap/layout.hpp>
#include <kernel/spi/device.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/sync/lockdep.hpp>
#include <kernel/time/delay.hpp>
#include <kernel/time/ktime.hpp>

struct regmap;

namespace kernel
{

/// How a Regmap talks to its device
struct RegmapOptions {
	RegmapCache cache = RegmapCache::none; ///< what it remembers
	std::optional<std::endian> order; ///< of the bytes of a value; without, as the bus has it
	unsigned long read_flag = 0;      ///< bits of the number in a read, as SPI devices have
	unsigned long write_flag = 0;     ///< bits of the number in a write
	const char *name = nullptr;       ///< tells it from other maps of the device; it is copied
	/// The registers that this model of the device has, if these are fewer than the map's
	/// layout names: `RegmapRegisters::of<SmallLayout>()`. An access to another one is EIO.
	std::optional<RegmapRegisters> registers;
};

/// The registers of a device behind a bus, until the device is unbound. Copies are of the same
/// registers. It has a lock, so several tasks may use it at once; update() is one access to others.
/// A register that the layout lacks, a read of one that cannot be read and a write of one that
/// cannot be written do not compile.
///
/// Errors of all functions: those of the bus. Context of all: may sleep.
///
/// \tparam Layout a RegmapLayout
template <typename Layout>
class Regmap
{
	using Word = typename Layout::Word;

public:
	/// For a device on an I2C bus, whose adapter has transfers or byte_data and word_data.
	///
	/// Errors besides: EOPNOTSUPP if it has neither; ENOMEM.
	[[nodiscard]] static Result<Regmap> make(i2c::BoundClient &client,
						 RegmapOptions options = {}) KCXX_MAY_SLEEP
	{
		const ::regmap_config config = config_of(options);
		LockClass &lock = lock_class();
		// SAFETY: the device is bound, and C copies the configuration.
		return of(bindings::__devm_regmap_init_i2c(client.raw(), &config, lock.key(),
							   lock.name()));
	}

	/// For a device on an SPI bus. The module needs the kernel's regmap-spi.
	///
	/// Errors besides: ENOMEM.
	[[nodiscard]] static Result<Regmap> make(spi::BoundDevice &device,
						 RegmapOptions options = {}) KCXX_MAY_SLEEP
	{
		const ::regmap_config config = config_of(options);
		LockClass &lock = lock_class();
		// SAFETY: as above.
		return of(bindings::__devm_regmap_init_spi(device.raw(), &config, lock.key(),
							   lock.name()));
	}

	/// For registers in memory, whose numbers are their offsets in bytes: for a cache, and for
	/// files in debugfs. Mmio itself is faster, and never sleeps.
	///
	/// Errors besides: ENOMEM.
	template <std::size_t Size>
	[[nodiscard]] static Result<Regmap> make(BoundDevice &device, Mmio<Size> registers,
						 RegmapOptions options = {}) KCXX_MAY_SLEEP
	{
		static_assert(Layout::last + sizeof(Word) <= Size,
			      "kcxx-E1447: a register of the layout lies behind the end of the "
			      "mapped ones");
		::regmap_config config = config_of(options);
		config.reg_stride = sizeof(Word);
		LockClass &lock = lock_class();
		// SAFETY: the device is bound, and its registers are mapped until it is unbound.
		return of(bindings::__devm_regmap_init_mmio_clk(device, nullptr,
								const_cast<void *>(registers.raw()),
								&config, lock.key(), lock.name()));
	}

	/// The register `R`: from the cache, if it is there
	template <typename R>
		requires(!detail::ArrayOfRegisters<R>)
	[[nodiscard]] Result<typename R::Value> read() const KCXX_MAY_SLEEP
	{
		require_readable<R>();
		return value<R>(R::offset);
	}
	/// The register of a RegisterArray at `index`; BUG()s if there is none
	template <detail::ArrayOfRegisters R>
	[[nodiscard]] Result<typename R::Value> read(std::size_t index) const KCXX_MAY_SLEEP
	{
		require_readable<R>();
		return value<R>(detail::offset_at<R>(index));
	}

	/// Writes a number to the register `R`.
	template <typename R>
		requires(!detail::ArrayOfRegisters<R>)
	Result<> write(Word bits) const KCXX_MAY_SLEEP
	{
		require_writable<R>();
		return put(R::offset, bits);
	}
	/// Writes fields of the register `R`; its other bits become 0.
	template <typename R>
		requires(!detail::ArrayOfRegisters<R>)
	Result<> write(typename R::Value fields) const KCXX_MAY_SLEEP
	{
		return write<R>(fields.bits());
	}
	/// Writes a number to the register of a RegisterArray at `index`; BUG()s if there is none.
	template <detail::ArrayOfRegisters R>
	Result<> write(std::size_t index, Word bits) const KCXX_MAY_SLEEP
	{
		require_writable<R>();
		return put(detail::offset_at<R>(index), bits);
	}

	/// Writes fields of the register of a RegisterArray at `index`; its other bits become 0.
	template <detail::ArrayOfRegisters R>
	Result<> write(std::size_t index, typename R::Value fields) const KCXX_MAY_SLEEP
	{
		return write<R>(index, fields.bits());
	}

	/// Changes `fields` of the register `R`, and no other bits; writes nothing if they have
	/// these values already. C: regmap_update_bits()
	template <typename R, typename... Fields>
		requires(!detail::ArrayOfRegisters<R>)
	Result<> update(Fields... fields) const KCXX_MAY_SLEEP
	{
		return update_at<R>(R::offset, fields...);
	}
	/// The same of the register of a RegisterArray at `index`; BUG()s if there is none.
	template <detail::ArrayOfRegisters R, typename... Fields>
	Result<> update(std::size_t index, Fields... fields) const KCXX_MAY_SLEEP
	{
		return update_at<R>(detail::offset_at<R>(index), fields...);
	}

	/// Changes the bits of the register `R` that are 1 in `mask` to those of `bits`, and no
	/// others; writes nothing if they have these values already: for bits that are known when
	/// the driver runs. C: regmap_update_bits()
	template <typename R>
		requires(!detail::ArrayOfRegisters<R>)
	Result<> update_bits(Word mask, Word bits) const KCXX_MAY_SLEEP
	{
		return change<R>(R::offset, mask, bits);
	}
	/// The same of the register of a RegisterArray at `index`; BUG()s if there is none.
	template <detail::ArrayOfRegisters R>
	Result<> update_bits(std::size_t index, Word mask, Word bits) const KCXX_MAY_SLEEP
	{
		return change<R>(detail::offset_at<R>(index), mask, bits);
	}
	/// Sets the bits of the register `R` that are 1 in `bits`, and no others. C:
	/// regmap_set_bits()
	template <typename R>
	Result<> set_bits(Word bits) const KCXX_MAY_SLEEP
	{
		return update_bits<R>(bits, bits);
	}
	/// Clears the bits of the register `R` that are 1 in `bits`, and no others. C:
	/// regmap_clear_bits()
	template <typename R>
	Result<> clear_bits(Word bits) const KCXX_MAY_SLEEP
	{
		return update_bits<R>(bits, Word{0});
	}
	/// True if all bits of the register `R` that are 1 in `bits` are set. C: regmap_test_bits()
	template <typename R>
	[[nodiscard]] Result<bool> test_bits(Word bits) const KCXX_MAY_SLEEP
	{
		const auto found = KTRY(read<R>());
		return (found.bits() & bits) == bits;
	}

	/// Clears the bits that are 1 in `bits`, by writing them, and no others.
	template <typename R>
	Result<> acknowledge(typename R::Value bits) const KCXX_MAY_SLEEP
	{
		require_known<R>();
		static_assert(R::access == Access::write_one_to_clear,
			      "kcxx-E1400: acknowledge() is for a register of "
			      "Access::write_one_to_clear");
		return put(R::offset, bits.bits());
	}

	/// Reads the register `R` until `done(value)` is true, and returns that value. Sleeps
	/// `pause` between two reads. C: regmap_read_poll_timeout()
	///
	/// Errors besides: ETIMEDOUT.
	template <typename R, std::predicate<typename R::Value> Done>
	Result<typename R::Value> poll(Done done, Nanoseconds pause,
				       Nanoseconds timeout) const KCXX_MAY_SLEEP
	{
		const Ktime end = ktime_get() + timeout;
		for (;;) {
			const bool late = ktime_get() > end; // before the read: it is the last one
			const auto value = KTRY(read<R>());
			if (done(value))
				return value;
			if (late)
				return ETIMEDOUT;
			fsleep(pause);
		}
	}

	/// Reads the registers of an array from `first` on, as many as `to` has room for, in as few
	/// transfers as the bus allows. Errors besides: EINVAL if the array has fewer.
	template <detail::ArrayOfRegisters R>
	Result<> read(std::size_t first, std::span<Word> to) const KCXX_MAY_SLEEP
	{
		require_readable<R>();
		require_neighbours<R>();
		if (!in_array<R>(first, to.size()))
			return EINVAL;
		// SAFETY: the buffer has room for so many words.
		return to_result(bindings::regmap_bulk_read(raw_, detail::offset_at<R>(first),
							    to.data(), to.size()));
	}
	/// Writes the registers of an array from `first` on. Errors: as above.
	template <detail::ArrayOfRegisters R>
	Result<> write(std::size_t first, std::span<const Word> from) const KCXX_MAY_SLEEP
	{
		require_writable<R>();
		require_neighbours<R>();
		if (!in_array<R>(first, from.size()))
			return EINVAL;
		// SAFETY: the buffer has so many words.
		return to_result(bindings::regmap_bulk_write(raw_, detail::offset_at<R>(first),
							     from.data(), from.size()));
	}

	/// Reads the registers of an array from `first` on as bytes, in the order of the bus, and
	/// past the cache. C: regmap_raw_read(). Errors besides: EINVAL if the array has fewer, or
	/// the bytes are no number of words; ENOTSUPP if the bus has single registers alone.
	template <detail::ArrayOfRegisters R>
	Result<> read_raw(std::size_t first, std::span<u8> to) const KCXX_MAY_SLEEP
	{
		require_readable<R>();
		require_neighbours<R>();
		if (!are_words(to.size()) || !in_array<R>(first, to.size() / sizeof(Word)))
			return EINVAL;
		// SAFETY: the buffer has room for so many bytes.
		return to_result(bindings::regmap_raw_read(raw_, detail::offset_at<R>(first),
							   to.data(), to.size()));
	}
	/// Writes the registers of an array from `first` on, as bytes in the order of the bus. C:
	/// regmap_raw_write(). Errors: as above.
	template <detail::ArrayOfRegisters R>
	Result<> write_raw(std::size_t first, std::span<const u8> from) const KCXX_MAY_SLEEP
	{
		require_writable<R>();
		require_neighbours<R>();
		if (!are_words(from.size()) || !in_array<R>(first, from.size() / sizeof(Word)))
			return EINVAL;
		// SAFETY: the buffer has so many bytes.
		return to_result(bindings::regmap_raw_write(raw_, detail::offset_at<R>(first),
							    from.data(), from.size()));
	}

	/// Reads from the queue behind the register `R`, which the layout has in Fifo, as bytes in
	/// the order of the bus. C: regmap_noinc_read(). Errors besides: EINVAL if the bytes are no
	/// number of words; ENOTSUPP if the bus has single registers alone.
	template <typename R>
	Result<> read_fifo(std::span<u8> to) const KCXX_MAY_SLEEP
	{
		require_readable<R>();
		require_fifo<R>();
		// SAFETY: the buffer has room for so many bytes.
		return to_result(
			bindings::regmap_noinc_read(raw_, R::offset, to.data(), to.size()));
	}
	/// Writes to the queue behind the register `R`. C: regmap_noinc_write(). Errors: as above.
	template <typename R>
	Result<> write_fifo(std::span<const u8> from) const KCXX_MAY_SLEEP
	{
		require_writable<R>();
		require_fifo<R>();
		// SAFETY: the buffer has so many bytes.
		return to_result(
			bindings::regmap_noinc_write(raw_, R::offset, from.data(), from.size()));
	}

	/// A write to a register, as a step of write_sequence() or patch(). C: struct reg_sequence
	class Step
	{
		friend Regmap;
		constexpr Step(std::size_t number, Word bits, Nanoseconds pause) noexcept
		{
			raw_.reg = static_cast<unsigned int>(number);
			raw_.def = bits;
			raw_.delay_us = static_cast<unsigned int>((pause.count() + 999) / 1000);
		}

		::reg_sequence raw_{};
	};

	/// The step that writes a number to the register `R`, and waits for `pause`, in whole
	/// microseconds, behind it.
	template <typename R>
		requires(!detail::ArrayOfRegisters<R>)
	[[nodiscard]] static constexpr Step step(Word bits, Nanoseconds pause = {}) noexcept
	{
		require_writable<R>();
		return Step{R::offset, bits, pause};
	}
	/// The same with fields of the register; its other bits become 0.
	template <typename R>
		requires(!detail::ArrayOfRegisters<R>)
	[[nodiscard]] static constexpr Step step(typename R::Value fields,
						 Nanoseconds pause = {}) noexcept
	{
		return step<R>(fields.bits(), pause);
	}
	/// The same of the register of a RegisterArray at `Index`.
	template <detail::ArrayOfRegisters R, std::size_t Index>
	[[nodiscard]] static constexpr Step step(Word bits, Nanoseconds pause = {}) noexcept
	{
		require_writable<R>();
		static_assert(Index < R::count,
			      "kcxx-E1547: the array has no register of this index");
		return Step{R::offset + Index * R::stride, bits, pause};
	}

	/// Writes registers one after the other, with no other user of the map in between; if the
	/// bus can, in one transfer. C: regmap_multi_reg_write()
	///
	///     static constexpr std::array setup{Map::step<Control>(0x80, 50_us),
	///                                       Map::step<Limit>(20)};
	///     KTRY(map.write_sequence(setup));
	Result<> write_sequence(std::span<const Step> steps) const KCXX_MAY_SLEEP
	{
		// SAFETY: so many steps, each of which is C's struct.
		return to_result(bindings::regmap_multi_reg_write(
			raw_, reinterpret_cast<const ::reg_sequence *>(steps.data()),
			static_cast<int>(steps.size())));
	}

	/// Writes corrections of the device's defaults, past the cache, now and with each sync().
	/// They are copied, behind those of earlier calls. C: regmap_register_patch(). Errors
	/// besides: ENOMEM. One caller at a time: for probe().
	Result<> patch(std::span<const Step> steps) const KCXX_MAY_SLEEP
	{
		// SAFETY: as above.
		return to_result(bindings::regmap_register_patch(
			raw_, reinterpret_cast<const ::reg_sequence *>(steps.data()),
			static_cast<int>(steps.size())));
	}

	/// From now on, reads and writes go to the cache alone, until `cache_only(false)`: for a
	/// device that sleeps.
	void cache_only(bool only) const KCXX_MAY_SLEEP
	{
		// SAFETY, of all below: the map lives, for its device is bound.
		bindings::regcache_cache_only(raw_, only);
	}
	/// States that the device lost its registers: sync() writes them again.
	void mark_dirty() const KCXX_MAY_SLEEP
	{
		// SAFETY: as above.
		bindings::regcache_mark_dirty(raw_);
	}
	/// Writes to the device what the cache has and the device lacks.
	Result<> sync() const KCXX_MAY_SLEEP
	{
		// SAFETY: as above.
		return to_result(bindings::regcache_sync(raw_));
	}

	/// For C functions: never null
	[[nodiscard]] ::regmap *raw() const noexcept { return raw_; }

private:
	explicit Regmap(::regmap *raw) noexcept : raw_{raw} {}

	static Result<Regmap> of(::regmap *made) { return Regmap{KTRY(Error::from_pointer(made))}; }

	/// The validator's class of the map's lock: one for each device's layout
	static LockClass &lock_class() { return LOCK_CLASS("regmap"); }

	static ::regmap_config config_of(const RegmapOptions &options)
	{
		::regmap_config config{};
		config.name = options.name;
		config.reg_bits = Layout::address_bits;
		config.val_bits = 8 * sizeof(Word);
		options.registers.value_or(RegmapRegisters::of<Layout>()).describe(config);
		config.cache_type = static_cast<::regcache_type>(options.cache);
		config.read_flag_mask = options.read_flag;
		config.write_flag_mask = options.write_flag;
		if (options.order.has_value())
			config.val_format_endian = static_cast<::regmap_endian>(
				*options.order == std::endian::big ? KCXX_REGMAP_ENDIAN_BIG
								   : KCXX_REGMAP_ENDIAN_LITTLE);
		return config;
	}

	template <typename R>
	[[nodiscard]] Result<typename R::Value> value(std::size_t number) const
	{
		unsigned int bits = 0;
		// SAFETY: the map lives, for its device is bound.
		KTRY(to_result(
			bindings::regmap_read(raw_, static_cast<unsigned int>(number), &bits)));
		return typename R::Value{static_cast<Word>(bits)};
	}
	Result<> put(std::size_t number, Word bits) const
	{
		// SAFETY: as above.
		return to_result(
			bindings::regmap_write(raw_, static_cast<unsigned int>(number), bits));
	}

	/// Changes the bits of `mask` in the register `number`, which is `R` or one of the array.
	template <typename R>
	Result<> change(std::size_t number, Word mask, Word bits) const
	{
		require_known<R>();
		static_assert(
			R::access == Access::read_write,
			"kcxx-E1399: update() reads and writes: the register has another Access");
		// SAFETY: the map lives, for its device is bound; null is allowed.
		return to_result(
			bindings::regmap_update_bits_base(raw_, static_cast<unsigned int>(number),
							  mask, bits, nullptr, false, false));
	}
	template <typename R, typename... Fields>
	Result<> update_at(std::size_t number, Fields... fields) const
	{
		static_assert(
			(std::same_as<typename Fields::Register, typename R::Value::Register> &&
			 ...),
			"kcxx-E1392: the field is one of another register");
		return change<R>(number, static_cast<Word>((Fields::mask | ...)),
				 static_cast<Word>((fields.bits() | ...)));
	}

	[[nodiscard]] static constexpr bool are_words(std::size_t bytes) noexcept
	{
		return bytes % sizeof(Word) == 0;
	}
	template <typename R>
	[[nodiscard]] static constexpr bool in_array(std::size_t first, std::size_t count) noexcept
	{
		return count != 0 && first < R::count && count <= R::count - first;
	}

	template <typename R>
	static constexpr void require_known() noexcept
	{
		static_assert(
			Layout::template has<R>,
			"kcxx-E1448: the regmap's layout has no such register: name it there");
	}
	template <typename R>
	static constexpr void require_readable() noexcept
	{
		require_known<R>();
		static_assert(detail::is_readable<R>, "kcxx-E1404: the register is write-only");
	}
	template <typename R>
	static constexpr void require_writable() noexcept
	{
		require_known<R>();
		static_assert(R::access != Access::read_only,
			      "kcxx-E1405: the register is read-only");
		static_assert(
			R::access != Access::write_one_to_clear,
			"kcxx-E1406: a write clears bits of this register: use acknowledge()");
	}
	template <typename R>
	static constexpr void require_fifo() noexcept
	{
		static_assert(
			Layout::template is_fifo<R>,
			"kcxx-E1548: the register has no queue behind it: write Fifo<> around "
			"it in the layout");
	}
	template <typename R>
	static constexpr void require_neighbours() noexcept
	{
		static_assert(R::stride == 1 || R::stride == sizeof(Word),
			      "kcxx-E1449: registers with others between them are read one by one");
	}

	::regmap *raw_;
};

} // namespace kernel
