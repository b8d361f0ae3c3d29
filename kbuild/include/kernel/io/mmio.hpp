// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Registers of a device in memory. C API: <linux/io.h>.

#pragma once

#include <cstddef>

#include <generated/bindings/io/mmio.hpp>
#include <kernel/io/registers.hpp>

namespace kernel
{

/// `Size` bytes of a device's registers, mapped as long as the device is bound to the driver.
/// Copies are of the same registers. pci::BoundDevice::map() and its like make it.
template <std::size_t Size>
class Mmio : public Registers<Mmio<Size>>
{
public:
	/// The number of bytes
	static constexpr std::size_t size = Size;

	/// For registers that C mapped: `base` is mapped longer than this object lives.
	[[nodiscard]] static Mmio adopt(volatile void *base) noexcept { return Mmio{base}; }

	/// For C functions: the first byte
	[[nodiscard]] volatile void *raw() const noexcept { return base_; }

private:
	friend Registers<Mmio>;

	explicit Mmio(volatile void *base) noexcept
	    : base_{static_cast<volatile unsigned char *>(base)}
	{
	}

	// SAFETY, of all below: the registers are mapped, and the offset lies in them.

	template <typename Word>
	[[nodiscard, gnu::always_inline]] Word load(std::size_t offset) const noexcept
	{
		if constexpr (sizeof(Word) == 1)
			return bindings::kcxx_readb(base_ + offset);
		else if constexpr (sizeof(Word) == 2)
			return bindings::kcxx_readw(base_ + offset);
		else if constexpr (sizeof(Word) == 4)
			return bindings::kcxx_readl(base_ + offset);
		else
			return bindings::kcxx_readq(base_ + offset);
	}

	template <typename Word>
	[[nodiscard, gnu::always_inline]] Word load_relaxed(std::size_t offset) const noexcept
	{
		if constexpr (sizeof(Word) == 1)
			return bindings::kcxx_readb_relaxed(base_ + offset);
		else if constexpr (sizeof(Word) == 2)
			return bindings::kcxx_readw_relaxed(base_ + offset);
		else if constexpr (sizeof(Word) == 4)
			return bindings::kcxx_readl_relaxed(base_ + offset);
		else
			return bindings::kcxx_readq_relaxed(base_ + offset);
	}

	template <typename Word>
	[[gnu::always_inline]] void store(std::size_t offset, Word word) const noexcept
	{
		if constexpr (sizeof(Word) == 1)
			bindings::kcxx_writeb(word, base_ + offset);
		else if constexpr (sizeof(Word) == 2)
			bindings::kcxx_writew(word, base_ + offset);
		else if constexpr (sizeof(Word) == 4)
			bindings::kcxx_writel(word, base_ + offset);
		else
			bindings::kcxx_writeq(word, base_ + offset);
	}

	template <typename Word>
	[[gnu::always_inline]] void store_relaxed(std::size_t offset, Word word) const noexcept
	{
		if constexpr (sizeof(Word) == 1)
			bindings::kcxx_writeb_relaxed(word, base_ + offset);
		else if constexpr (sizeof(Word) == 2)
			bindings::kcxx_writew_relaxed(word, base_ + offset);
		else if constexpr (sizeof(Word) == 4)
			bindings::kcxx_writel_relaxed(word, base_ + offset);
		else
			bindings::kcxx_writeq_relaxed(word, base_ + offset);
	}

	volatile unsigned char *base_;
};

} // namespace kernel
