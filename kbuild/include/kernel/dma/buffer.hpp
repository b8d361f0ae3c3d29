// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The owners of memory that can be mapped for a device: Vec, Box, Page. C API:
/// Documentation/core-api/dma-api-howto.rst, "What memory is DMA'able?".

#pragma once

#include <concepts>
#include <cstddef>
#include <span>
#include <type_traits>

#include <generated/bindings/dma/buffer.hpp>
#include <kernel/dma/direction.hpp>
#include <kernel/memory/box.hpp>
#include <kernel/memory/page.hpp>
#include <kernel/memory/vec.hpp>

namespace kernel::detail
{

/// How the memory of an owner is found. No other class has it: a device reaches neither the stack
/// nor the module's own variables.
template <typename Owner>
struct DmaBuffer {
	using Element = std::byte;
	static constexpr bool exists = false;
	[[nodiscard]] static std::span<Element> elements(Owner & /*owner*/) { return {}; }
	[[nodiscard]] static std::size_t count(const Owner & /*owner*/) { return 0; }
};

template <typename T>
struct DmaBuffer<Vec<T>> {
	using Element = T;
	static constexpr bool exists = true;
	[[nodiscard]] static std::span<T> elements(Vec<T> &owner)
	{
		return {owner.data(), owner.size()};
	}
	[[nodiscard]] static std::size_t count(const Vec<T> &owner) { return owner.size(); }
};

template <typename T>
struct DmaBuffer<Box<T>> {
	using Element = T;
	static constexpr bool exists = true;
	[[nodiscard]] static std::span<T> elements(Box<T> &owner) { return {&*owner, 1}; }
	[[nodiscard]] static std::size_t count(const Box<T> & /*owner*/) { return 1; }
};

template <>
struct DmaBuffer<Page> {
	using Element = std::byte;
	static constexpr bool exists = true;
	[[nodiscard]] static std::span<std::byte> elements(Page &owner)
	{
		// SAFETY: all memory of these architectures has an address.
		return {static_cast<std::byte *>(bindings::kcxx_page_address(owner.raw())),
			PAGE_SIZE};
	}
	[[nodiscard]] static std::size_t count(const Page & /*owner*/) { return PAGE_SIZE; }
};

/// The element as the CPU has it: it reads alone where the device alone writes
template <dma::Direction Way, typename Owner>
using DmaElement =
	std::conditional_t<Way == dma::from_device, const typename DmaBuffer<Owner>::Element,
			   typename DmaBuffer<Owner>::Element>;

/// Refuses what cannot be mapped, in one sentence. `Given` is the type of a forwarding reference.
template <typename Given>
consteval void require_dma_buffer()
{
	using Owner = std::remove_cvref_t<Given>;
	static_assert(!std::is_lvalue_reference_v<Given>,
		      "kcxx-E1320: the device owns the buffer until it is unmapped: write "
		      "std::move(buffer)");
	static_assert(DmaBuffer<Owner>::exists, "kcxx-E1321: a device reaches the memory of a Vec, "
						"a Box or a Page: neither the stack nor "
						"the module's own variables");
	static_assert(std::is_trivially_copyable_v<typename DmaBuffer<Owner>::Element>,
		      "kcxx-E1322: the device changes the bytes: the elements have to be trivially "
		      "copyable");
}

} // namespace kernel::detail
