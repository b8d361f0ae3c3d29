// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Memory that a device and the CPU use at the same time. C API: <linux/dma-mapping.h>,
/// Documentation/core-api/dma-api.rst.

#pragma once

#include <cstddef>
#include <cstring>
#include <span>
#include <type_traits>
#include <utility>

#include <generated/bindings/dma/coherent.hpp>
#include <kernel/bug.hpp>
#include <kernel/device/device.hpp>
#include <kernel/dma/address.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/slab.hpp>
#include <kernel/types/integers.hpp>
#include <kernel/types/lifetime.hpp>

namespace kernel::detail
{

/// Reads what the device may change meanwhile: once, whole if it is a word.
template <typename T>
[[nodiscard, gnu::always_inline]] inline T read_shared(const T *element)
{
	T value;
	// SAFETY: the caller's element is in the memory.
	if constexpr (sizeof(T) <= sizeof(long) && std::is_scalar_v<T>)
		value = *static_cast<const volatile T *>(element);
	else
		std::memcpy(&value, element, sizeof(T));
	return value;
}

/// Writes what the device may read meanwhile.
template <typename T>
[[gnu::always_inline]] inline void write_shared(T *element, const T &value)
{
	// SAFETY: as above.
	if constexpr (sizeof(T) <= sizeof(long) && std::is_scalar_v<T>)
		*static_cast<volatile T *>(element) = value;
	else
		std::memcpy(element, &value, sizeof(T));
}

} // namespace kernel::detail

namespace kernel::dma
{

/// Memory for `size()` elements that the device and the CPU see alike, at once. Moves, does not
/// copy. The device must have stopped using it when the object ends: a driver keeps it in a member,
/// which ends after the device's interrupts, and after a PCI device is no longer bus master.
///
///     auto ring = KTRY(dma::Coherent<Descriptor>::make(device, 256, GFP_KERNEL));
///     registers.write<RingAddress>(ring.address().number());
///
/// \tparam T trivially copyable: its layout is the device's
template <typename T>
class [[nodiscard]] Coherent
{
	static_assert(std::is_trivially_copyable_v<T>,
		      "kcxx-E1323: the device changes the bytes: T has to be trivially copyable");

public:
	/// Allocates zeroed memory for `count` elements.
	///
	/// Errors: ENOMEM; EINVAL if `count` is 0; EOVERFLOW if the size in bytes does not fit.
	/// Context: as `flags` allow.
	[[nodiscard]] static Result<Coherent> make(BoundDevice &device, std::size_t count,
						   Gfp flags)
	{
		if (count == 0) [[unlikely]]
			return EINVAL;
		std::size_t bytes = 0;
		if (__builtin_mul_overflow(count, sizeof(T), &bytes)) [[unlikely]]
			return EOVERFLOW;
		u64 address = 0;
		// SAFETY: the device is bound; null is handled.
		void *memory =
			bindings::kcxx_dma_alloc_coherent(device, bytes, &address, flags.bits());
		if (memory == nullptr) [[unlikely]]
			return ENOMEM;
		return Coherent{device, static_cast<T *>(memory), count, Address{address}};
	}

	Coherent(const Coherent &) = delete;
	Coherent &operator=(const Coherent &) = delete;
	/// Leaves the other without memory.
	Coherent(Coherent &&other) noexcept
	    : device_{std::move(other.device_)}, elements_{std::exchange(other.elements_, nullptr)},
	      count_{std::exchange(other.count_, 0)}, address_{other.address_}
	{
	}
	Coherent &operator=(Coherent &&) = delete;
	/// Frees the memory. Context: any, but not with interrupts off.
	~Coherent()
	{
		if (elements_ != nullptr)
			// SAFETY: the memory is of this device, and freed once.
			bindings::kcxx_dma_free_coherent(*device_, count_ * sizeof(T), elements_,
							 address_.number());
	}

	/// The address of the first element, for the device
	[[nodiscard]] Address address() const noexcept { return address_; }
	/// The address of the element at `index`, for the device; BUG()s behind the end
	[[nodiscard]] Address address(std::size_t index) const
	{
		return address_ + checked(index) * sizeof(T);
	}
	/// The number of elements
	[[nodiscard]] std::size_t size() const noexcept { return count_; }

	/// The element at `index`, as it is now: each call reads memory. BUG()s behind the end.
	[[nodiscard]] T read(std::size_t index) const
	{
		// SAFETY: the element is in the memory.
		return detail::read_shared(elements_ + checked(index));
	}

	/// Writes the element at `index`, for the device to see. BUG()s behind the end.
	void write(std::size_t index, const T &value)
	{
		// SAFETY: as above.
		detail::write_shared(elements_ + checked(index), value);
	}

	/// All elements, while the device does not use them
	[[nodiscard]] std::span<T> elements() noexcept KCXX_LIFETIMEBOUND
	{
		return {elements_, count_};
	}

private:
	Coherent(const Device &device, T *elements, std::size_t count, Address address) noexcept
	    : device_{device}, elements_{elements}, count_{count}, address_{address}
	{
	}

	[[nodiscard]] std::size_t checked(std::size_t index) const
	{
		if (index >= count_) [[unlikely]]
			bug("dma::Coherent: index out of bounds");
		return index;
	}

	DeviceRef device_;
	T *elements_;
	std::size_t count_;
	Address address_;
};

} // namespace kernel::dma
