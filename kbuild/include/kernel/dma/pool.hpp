// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Small pieces of coherent memory, such as descriptors. C API: <linux/dmapool.h>.
///
///     auto descriptors = KTRY(dma::Pool<Descriptor>::make(device, "descriptors"));
///     auto first = KTRY(descriptors.allocate(GFP_KERNEL));
///     first.write({.address = mapped.address().number(), .size = 64});
///     registers.write<FirstDescriptor>(first.address().number());

#pragma once

#include <bit>
#include <cstddef>
#include <type_traits>
#include <utility>

#include <generated/bindings/dma/pool.hpp>
#include <kernel/bug.hpp>
#include <kernel/device/device.hpp>
#include <kernel/dma/address.hpp>
#include <kernel/dma/coherent.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/slab.hpp>
#include <kernel/sync/context.hpp>

struct dma_pool;

namespace kernel::dma
{

/// A T in coherent memory, which the device and the CPU see alike. Moves, does not copy.
/// Pool::allocate() makes it. The device must have stopped using it when it ends.
template <typename T>
class [[nodiscard]] PoolObject
{
public:
	PoolObject(const PoolObject &) = delete;
	PoolObject &operator=(const PoolObject &) = delete;
	/// Leaves the other without memory.
	PoolObject(PoolObject &&other) noexcept
	    : pool_{other.pool_}, object_{std::exchange(other.object_, nullptr)},
	      address_{other.address_}
	{
	}
	/// Gives up its own memory, and takes over the other's.
	PoolObject &operator=(PoolObject &&other) noexcept
	{
		std::swap(pool_, other.pool_);
		std::swap(object_, other.object_);
		std::swap(address_, other.address_);
		return *this;
	}
	/// Gives the memory back to the pool. Context: any.
	~PoolObject()
	{
		if (object_ != nullptr)
			// SAFETY: the memory is of this pool, and given back once.
			bindings::dma_pool_free(pool_, object_, address_.number());
	}

	/// Its address, for the device
	[[nodiscard]] Address address() const noexcept { return address_; }
	/// The T as it is now: each call reads memory. BUG()s after a move.
	[[nodiscard]] T read() const { return detail::read_shared(checked()); }
	/// Writes the T, for the device to see. BUG()s after a move.
	void write(const T &value) { detail::write_shared(checked(), value); }

private:
	template <typename Of>
	friend class Pool;
	PoolObject(::dma_pool *pool, T *object, Address address) noexcept
	    : pool_{pool}, object_{object}, address_{address}
	{
	}

	[[nodiscard]] T *checked() const
	{
		if (object_ == nullptr) [[unlikely]]
			bug("dma::PoolObject: used after a move");
		return object_;
	}

	::dma_pool *pool_;
	T *object_;
	Address address_;
};

/// A pool of coherent memory for many a T, until the device is unbound. Copies are of the same
/// pool. probe() of the driver makes it, so that it ends behind the driver's object and all that
/// this has of the pool.
///
/// \tparam T trivially copyable: its layout is the device's
template <typename T>
class Pool
{
	static_assert(std::is_trivially_copyable_v<T>,
		      "kcxx-E1323: the device changes the bytes: T has to be trivially copyable");

public:
	/// Makes the pool. Each T lies at a multiple of `alignment`, a power of two, and crosses no
	/// multiple of `boundary`, if that is not 0. `name` is for messages, and outlives the pool.
	///
	/// Errors: EINVAL if the alignment is no power of two; ENOMEM. Context: may sleep.
	[[nodiscard]] static Result<Pool> make(BoundDevice &device, const char *name,
					       std::size_t alignment = alignof(T),
					       std::size_t boundary = 0) KCXX_MAY_SLEEP
	{
		if (!std::has_single_bit(alignment))
			return EINVAL;
		// SAFETY: the device is bound, and destroys the pool when it is unbound.
		::dma_pool *pool = bindings::dmam_pool_create(
			name, device, sizeof(T), alignment < alignof(T) ? alignof(T) : alignment,
			boundary);
		if (pool == nullptr) [[unlikely]]
			return ENOMEM;
		return Pool{pool};
	}

	/// Memory for one T, all zero.
	///
	/// Errors: ENOMEM. Context: as `flags` allow.
	[[nodiscard]] Result<PoolObject<T>> allocate(Gfp flags) const
	{
		u64 address = 0;
		// SAFETY: the pool exists; null is handled.
		void *memory = bindings::kcxx_dma_pool_zalloc(pool_, flags.bits(), &address);
		if (memory == nullptr) [[unlikely]]
			return ENOMEM;
		return PoolObject<T>{pool_, static_cast<T *>(memory), Address{address}};
	}

private:
	explicit Pool(::dma_pool *pool) noexcept : pool_{pool} {}

	::dma_pool *pool_;
};

} // namespace kernel::dma
