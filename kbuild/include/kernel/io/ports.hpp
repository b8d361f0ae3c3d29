// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Registers of a device behind I/O ports. C API: inb(), outb() and their like of <linux/io.h>.

#pragma once

#include <cstddef>

#include <generated/bindings/io/ports.hpp>
#include <kernel/io/registers.hpp>

namespace kernel
{

/// `Size` ports of a device, whose registers have 8, 16 or 32 bits. Copies are of the same ports.
/// pci::BoundDevice::ports() makes it.
template <std::size_t Size>
class Ports : public Registers<Ports<Size>>
{
public:
	/// The number of ports, in bytes
	static constexpr std::size_t size = Size;

	/// For ports that C reserved, from `first` on, longer than this object lives.
	[[nodiscard]] static Ports adopt(unsigned long first) noexcept { return Ports{first}; }

	/// The number of the first port, for C functions
	[[nodiscard]] unsigned long raw() const noexcept { return first_; }

private:
	friend Registers<Ports>;

	explicit Ports(unsigned long first) noexcept : first_{first} {}

	// SAFETY, of all below: the ports are reserved for the driver.

	template <typename Word>
	[[nodiscard, gnu::always_inline]] Word load(std::size_t offset) const noexcept
	{
		static_assert(sizeof(Word) <= 4, "kcxx-E1390: a port has 8, 16 or 32 bits");
		if constexpr (sizeof(Word) == 1)
			return bindings::kcxx_inb(first_ + offset);
		else if constexpr (sizeof(Word) == 2)
			return bindings::kcxx_inw(first_ + offset);
		else
			return bindings::kcxx_inl(first_ + offset);
	}
	template <typename Word>
	[[nodiscard, gnu::always_inline]] Word load_relaxed(std::size_t offset) const noexcept
	{
		return load<Word>(offset);
	}

	template <typename Word>
	[[gnu::always_inline]] void store(std::size_t offset, Word word) const noexcept
	{
		static_assert(sizeof(Word) <= 4, "kcxx-E1390: a port has 8, 16 or 32 bits");
		if constexpr (sizeof(Word) == 1)
			bindings::kcxx_outb(word, first_ + offset);
		else if constexpr (sizeof(Word) == 2)
			bindings::kcxx_outw(word, first_ + offset);
		else
			bindings::kcxx_outl(word, first_ + offset);
	}
	template <typename Word>
	[[gnu::always_inline]] void store_relaxed(std::size_t offset, Word word) const noexcept
	{
		store<Word>(offset, word);
	}

	unsigned long first_;
};

} // namespace kernel
