// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Many buffers that are mapped at once, for a device that takes a list of them. C API:
/// dma_map_sgtable() of <linux/dma-mapping.h>, <linux/scatterlist.h>.
///
///     auto list = KTRY(dma::map_list<dma::to_device>(device, std::move(pages), GFP_KERNEL));
///     for (const dma::Segment segment : list)
///             …; // segment.address, segment.size

#pragma once

#include <cstddef>
#include <iterator>
#include <span>
#include <type_traits>
#include <utility>

#include <generated/bindings/dma/scatter_list.hpp>
#include <kernel/bug.hpp>
#include <kernel/device/device.hpp>
#include <kernel/dma/address.hpp>
#include <kernel/dma/buffer.hpp>
#include <kernel/dma/direction.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/slab.hpp>
#include <kernel/memory/vec.hpp>
#include <kernel/types/lifetime.hpp>

namespace kernel::dma
{

/// A piece of memory as the device sees it: buffers that are neighbours may be one.
struct Segment {
	Address address;  ///< of its first byte
	std::size_t size; ///< in bytes
};

/// Buffers that the device owns, all at once. Moves, does not copy. Its end unmaps and frees them:
/// as of a Mapping, the device must have stopped using them, and still be bound.
///
/// \tparam Way who reads and who writes
/// \tparam Owner the owner of each buffer: a Vec, a Box or a Page
template <Direction Way, typename Owner>
class [[nodiscard]] ScatterList
{
	using Element = detail::DmaElement<Way, Owner>;

public:
	/// Goes through the segments.
	class Iterator
	{
	public:
		/// The segment
		[[nodiscard]] Segment operator*() const noexcept
		{
			// SAFETY: it is not behind the last segment.
			return {Address{bindings::kcxx_sg_dma_address(at_)},
				bindings::kcxx_sg_dma_len(at_)};
		}
		/// Goes to the next segment.
		Iterator &operator++() noexcept
		{
			// SAFETY: as above; null behind the last one.
			at_ = bindings::sg_next(at_);
			--left_;
			return *this;
		}
		/// True behind the last segment.
		friend bool operator==(const Iterator &iterator, std::default_sentinel_t) noexcept
		{
			return iterator.left_ == 0;
		}

	private:
		friend class ScatterList;
		Iterator(::scatterlist *first, unsigned int count) noexcept
		    : at_{first}, left_{count}
		{
		}

		::scatterlist *at_;
		unsigned int left_;
	};

	/// The buffers, which the CPU owns as long as this lives. ScatterList::sync() makes it.
	class [[nodiscard]] Sync
	{
	public:
		Sync(const Sync &) = delete;
		Sync &operator=(const Sync &) = delete;
		/// Gives the buffers back to the device.
		~Sync()
		{
			// SAFETY: the buffers are mapped as long as their list lives.
			bindings::kcxx_dma_sync_table_for_device(list_.device_, &list_.table_, way);
		}

		/// The elements of the buffer at `index`: constant if the device alone writes them.
		/// BUG()s if there is none.
		[[nodiscard]] std::span<Element>
		elements(std::size_t index) const KCXX_LIFETIMEBOUND
		{
			return detail::DmaBuffer<Owner>::elements(list_.owners_[index]);
		}

	private:
		friend class ScatterList;
		explicit Sync(ScatterList &list) noexcept : list_{list}
		{
			// SAFETY: as above.
			bindings::kcxx_dma_sync_table_for_cpu(list.device_, &list.table_, way);
		}

		ScatterList &list_;
	};

	ScatterList(const ScatterList &) = delete;
	ScatterList &operator=(const ScatterList &) = delete;
	/// Leaves the other without buffers.
	ScatterList(ScatterList &&other) noexcept
	    : device_{std::exchange(other.device_, nullptr)}, owners_{std::move(other.owners_)},
	      table_{std::exchange(other.table_, {})}
	{
	}
	ScatterList &operator=(ScatterList &&) = delete;
	/// Unmaps the buffers, and frees them. Context: any.
	~ScatterList() { release(); }

	/// The first segment, for `for (const dma::Segment segment : list)`
	[[nodiscard]] Iterator begin() const noexcept KCXX_LIFETIMEBOUND
	{
		return {table_.sgl, table_.nents};
	}
	/// Behind the last segment
	[[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }
	/// The number of segments: at most that of the buffers
	[[nodiscard]] std::size_t segments() const noexcept { return table_.nents; }
	/// The number of buffers
	[[nodiscard]] std::size_t size() const noexcept { return owners_.size(); }

	/// Lets the CPU have the buffers, until the returned object ends: the device must not use
	/// them meanwhile. BUG()s after a move. Context: any.
	[[nodiscard]] Sync sync() KCXX_LIFETIMEBOUND
	{
		require_mapped();
		return Sync{*this};
	}

	/// Ends the mapping, and gives the buffers back: `std::move(list).unmap()`. The device has
	/// stopped using them. BUG()s after a move. Context: any.
	[[nodiscard]] Vec<Owner> unmap() &&
	{
		require_mapped();
		release();
		return std::move(owners_);
	}
	/// This call is refused, for the mapping ends by it: std::move() is to be seen.
	template <typename T = void>
	[[nodiscard]] Vec<Owner> unmap() &
	{
		static_assert(
			!std::is_void_v<T>,
			"kcxx-E1325: unmap() ends the mapping: write std::move(list).unmap()");
		return std::move(*this).unmap();
	}

private:
	template <Direction MapWay, typename Given>
	friend Result<ScatterList<MapWay, Given>> map_list(BoundDevice &device, Vec<Given> &&owners,
							   Gfp flags);

	static constexpr auto way = static_cast<unsigned int>(Way);

	ScatterList() noexcept = default;

	/// Makes C's list of the buffers, and maps it.
	Result<> map(::device *device, Vec<Owner> &owners, Gfp flags)
	{
		// SAFETY, of all below: the device is bound, and the table, which has a row for
		// each buffer, is freed once.
		KTRY(to_result(bindings::kcxx_sg_alloc_table(
			&table_, static_cast<unsigned int>(owners.size()), flags.bits())));
		::scatterlist *at = table_.sgl;
		for (Owner &owner : owners) {
			const auto elements = detail::DmaBuffer<Owner>::elements(owner);
			bindings::kcxx_sg_set_buf(at, elements.data(), elements.size_bytes());
			at = bindings::sg_next(at);
		}
		const Result<> mapped =
			to_result(bindings::kcxx_dma_map_table(device, &table_, way));
		if (!mapped) {
			bindings::sg_free_table(&table_);
			return mapped;
		}
		device_ = device;
		owners_ = std::move(owners);
		return {};
	}

	void release() noexcept
	{
		::device *device = std::exchange(device_, nullptr);
		if (device == nullptr)
			return;
		// SAFETY: the buffers are mapped, and unmapped once.
		bindings::kcxx_dma_unmap_table(device, &table_, way);
		bindings::sg_free_table(&table_);
	}

	void require_mapped() const
	{
		if (device_ == nullptr) [[unlikely]]
			bug("dma::ScatterList: used after a move");
	}

	::device *device_ = nullptr; // null after a move and after unmap()
	Vec<Owner> owners_;
	::sg_table table_{};
};

/// Maps the buffers of a Vec for the device, which owns them from then on. On an error the caller
/// still has them.
///
/// Errors: ENOMEM; EINVAL if there is no buffer, or an empty one; EOVERFLOW if a buffer has 4 GiB
/// or more; EIO if the device does not reach the memory. Context: as `flags` allow.
template <Direction Way, typename Owner>
// NOLINTNEXTLINE(*-rvalue-reference-param-not-moved): list.map() moves them, if it succeeds
Result<ScatterList<Way, Owner>> map_list(BoundDevice &device, Vec<Owner> &&owners, Gfp flags)
{
	detail::require_dma_buffer<Owner>();
	if (owners.empty()) [[unlikely]]
		return EINVAL;
	for (Owner &owner : owners) {
		const std::size_t bytes = detail::DmaBuffer<Owner>::elements(owner).size_bytes();
		if (bytes == 0) [[unlikely]]
			return EINVAL;
		if (bytes > ~0U) [[unlikely]]
			return EOVERFLOW;
	}
	ScatterList<Way, Owner> list;
	KTRY(list.map(device, owners, flags));
	return list;
}

} // namespace kernel::dma
