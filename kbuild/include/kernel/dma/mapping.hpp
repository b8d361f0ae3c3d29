// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Buffers that belong to the CPU and to a device in turn: streaming DMA. C API: dma_map_single()
/// of <linux/dma-mapping.h>.
///
///     auto mapped = KTRY(dma::map<dma::to_device>(device, std::move(packet)));
///     registers.write<Source>(mapped.address().number());
///     …                                       // until the device has read it
///     packet = std::move(mapped).unmap();
///
/// While the device owns a buffer, the CPU has no way to it: map() takes the Vec, Box or Page, and
/// unmap() gives it back. sync() lets the CPU look at a buffer that stays mapped.

#pragma once

#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>

#include <generated/bindings/dma/mapping.hpp>
#include <kernel/bug.hpp>
#include <kernel/device/device.hpp>
#include <kernel/dma/address.hpp>
#include <kernel/dma/buffer.hpp>
#include <kernel/dma/direction.hpp>
#include <kernel/error.hpp>
#include <kernel/types/lifetime.hpp>

namespace kernel::dma
{

/// A buffer that the device owns. Moves, does not copy. Its end unmaps the buffer and frees it: the
/// device must have stopped using it, and still be bound. A driver that keeps it has it in a member
/// of its object, as a Coherent.
///
/// \tparam Way who reads and who writes
/// \tparam Owner the Vec, Box or Page
template <Direction Way, typename Owner>
class [[nodiscard]] Mapping
{
	using Buffer = detail::DmaBuffer<Owner>;
	using Element = detail::DmaElement<Way, Owner>;

public:
	/// The elements, which the CPU owns as long as this lives. Mapping::sync() makes it.
	class [[nodiscard]] Sync
	{
	public:
		Sync(const Sync &) = delete;
		Sync &operator=(const Sync &) = delete;
		/// Gives the buffer back to the device.
		~Sync()
		{
			// SAFETY: the buffer is mapped as long as its Mapping lives.
			bindings::kcxx_dma_sync_for_device(mapping_.device_,
							   mapping_.address_.number(),
							   mapping_.bytes(), way);
		}

		/// The elements: constant if the device alone writes them
		[[nodiscard]] std::span<Element> elements() const noexcept KCXX_LIFETIMEBOUND
		{
			return Buffer::elements(mapping_.owner_);
		}
		/// The element at `index`; BUG()s behind the end
		[[nodiscard]] Element &operator[](std::size_t index) const KCXX_LIFETIMEBOUND
		{
			const auto all = elements();
			if (index >= all.size()) [[unlikely]]
				bug("dma::Mapping: index out of bounds");
			return all[index];
		}

	private:
		friend class Mapping;
		explicit Sync(Mapping &mapping) noexcept : mapping_{mapping}
		{
			// SAFETY: as above.
			bindings::kcxx_dma_sync_for_cpu(mapping.device_, mapping.address_.number(),
							mapping.bytes(), way);
		}

		Mapping &mapping_;
	};

	Mapping(const Mapping &) = delete;
	Mapping &operator=(const Mapping &) = delete;
	/// Leaves the other without a buffer.
	Mapping(Mapping &&other) noexcept
	    : device_{std::exchange(other.device_, nullptr)}, owner_{std::move(other.owner_)},
	      address_{other.address_}
	{
	}
	/// Ends its own mapping, and takes over the other's.
	Mapping &operator=(Mapping &&other) noexcept
	{
		const Mapping old{std::move(*this)};
		device_ = std::exchange(other.device_, nullptr);
		owner_ = std::move(other.owner_);
		address_ = other.address_;
		return *this;
	}
	/// Unmaps the buffer, and frees it. Context: any.
	~Mapping() { end(); }

	/// The address of the first element, for the device. BUG()s after a move.
	[[nodiscard]] Address address() const
	{
		require_mapped();
		return address_;
	}
	/// The number of elements
	[[nodiscard]] std::size_t size() const noexcept { return Buffer::count(owner_); }
	/// The size in bytes
	[[nodiscard]] std::size_t bytes() const noexcept { return size() * sizeof(Element); }

	/// Lets the CPU have the elements, until the returned object ends: the device must not use
	/// them meanwhile. BUG()s after a move. Context: any.
	[[nodiscard]] Sync sync() KCXX_LIFETIMEBOUND
	{
		require_mapped();
		return Sync{*this};
	}

	/// Ends the mapping, and gives the buffer back: `std::move(mapped).unmap()`. The device has
	/// stopped using it. BUG()s after a move. Context: any.
	[[nodiscard]] Owner unmap() &&
	{
		require_mapped();
		end();
		return std::move(owner_);
	}
	/// This call is refused, for the mapping ends by it: std::move() is to be seen.
	template <typename T = void>
	[[nodiscard]] Owner unmap() &
	{
		static_assert(
			!std::is_void_v<T>,
			"kcxx-E1324: unmap() ends the mapping: write std::move(mapped).unmap()");
		return std::move(*this).unmap();
	}

private:
	template <Direction MapWay, typename Given>
	friend Result<Mapping<MapWay, std::remove_cvref_t<Given>>> map(BoundDevice &device,
								       Given &&owner);

	static constexpr auto way = static_cast<unsigned int>(Way);

	Mapping(::device *device, Owner &&owner, Address address) noexcept
	    : device_{device}, owner_{std::move(owner)}, address_{address}
	{
	}

	void end() noexcept
	{
		if (::device *device = std::exchange(device_, nullptr); device != nullptr)
			// SAFETY: the buffer is mapped, and unmapped once.
			bindings::kcxx_dma_unmap(device, address_.number(), bytes(), way);
	}

	void require_mapped() const
	{
		if (device_ == nullptr) [[unlikely]]
			bug("dma::Mapping: used after a move");
	}

	::device *device_; // null after a move and after unmap()
	Owner owner_;
	Address address_;
};

/// Maps a Vec, Box or Page for the device, which owns it from then on. On an error the caller still
/// has the buffer.
///
///     auto mapped = KTRY(dma::map<dma::from_device>(device, std::move(bytes)));
///
/// Errors: ENOMEM if there is no room for another mapping, or the device does not reach the memory;
/// EINVAL if the buffer is empty. Context: any.
template <Direction Way, typename Given>
[[gnu::always_inline]] inline Result<Mapping<Way, std::remove_cvref_t<Given>>>
map(BoundDevice &device, Given &&owner)
{
	using Owner = std::remove_cvref_t<Given>;
	detail::require_dma_buffer<Given>();
	const auto elements = detail::DmaBuffer<Owner>::elements(owner);
	if (elements.empty()) [[unlikely]]
		return EINVAL;
	// SAFETY: the device is bound, and the memory is kmalloc()'s or of a page. The mapping
	// owns it, and no one else has it.
	::device *raw = device;
	const u64 address = bindings::kcxx_dma_map(raw, elements.data(), elements.size_bytes(),
						   static_cast<unsigned int>(Way));
	if (bindings::kcxx_dma_mapping_error(raw, address)) [[unlikely]]
		return ENOMEM;
	return {std::in_place,
		Mapping<Way, Owner>{raw, std::forward<Given>(owner), Address{address}}};
}

} // namespace kernel::dma
