// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A cache of objects of one type. C API: <linux/slab.h>, kmem_cache_*().

#pragma once

#include <cstddef>
#include <new>
#include <utility>

#include <generated/bindings/memory/slab_cache.hpp>
#include <kernel/bug.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/slab.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/lifetime.hpp>

struct kmem_cache;

namespace kernel
{

/// Owns one T of a SlabCache. Moves, does not copy; a moved-from one is empty: it may
/// be assigned to and destroyed; `*` and `->` of it BUG().
template <typename T>
class [[nodiscard]] SlabObject
{
public:
	SlabObject(const SlabObject &) = delete;
	SlabObject &operator=(const SlabObject &) = delete;

	/// Takes over the object of `other`, which is empty then.
	SlabObject(SlabObject &&other) noexcept
	    : cache_{other.cache_}, object_{std::exchange(other.object_, nullptr)}
	{
	}

	/// Gives up its own object, and takes over that of `other`.
	SlabObject &operator=(SlabObject &&other) noexcept
	{
		SlabObject old{std::move(other)};
		std::swap(cache_, old.cache_);
		std::swap(object_, old.object_);
		return *this;
	}

	~SlabObject()
	{
		if (object_ == nullptr)
			return;
		object_->~T();
		// SAFETY: object_ came from cache_ and is given back once.
		bindings::kmem_cache_free(cache_, object_);
	}

	/// The object; BUG()s if there is none.
	[[nodiscard]] T &operator*() { return *checked(); }
	/// The same of a const one
	[[nodiscard]] const T &operator*() const { return *checked(); }
	/// The object; BUG()s if there is none.
	[[nodiscard]] T *operator->() { return checked(); }
	/// The same of a const one
	[[nodiscard]] const T *operator->() const { return checked(); }

	/// True if there is an object; false after a move
	[[nodiscard]] explicit operator bool() const noexcept { return object_ != nullptr; }

private:
	template <typename>
	friend class SlabCache;

	SlabObject(struct kmem_cache *cache, T *object) noexcept : cache_{cache}, object_{object} {}

	[[nodiscard]] T *checked() const
	{
		if (object_ == nullptr) [[unlikely]]
			bug("SlabObject: used after a move");
		return object_;
	}

	struct kmem_cache *cache_;
	T *object_;
};

/// A kmem_cache for objects of type T. Its objects have to end before it: declare it before the
/// members that hold them. If some are left the kernel keeps the cache and warns ("still has
/// objects"); those objects must not be used any more, and the cache's memory is lost. Moves,
/// does not copy; alloc() of a moved-from one BUG()s.
///
///     SlabCache<Request> requests = KTRY(SlabCache<Request>::make("pump_request"));
///     SlabObject<Request> request = KTRY(requests.alloc(GFP_NOIO, sector));
template <typename T>
class [[nodiscard]] SlabCache
{
	static_assert(sizeof(T) <= KCXX_KMALLOC_MAX_SIZE, "kcxx-E1418: larger than any slab");

public:
	/// Creates the cache, named `name` in /proc/slabinfo. It shares its slabs with no other
	/// cache.
	///
	/// Errors: ENOMEM. Context: may sleep.
	[[nodiscard]] static Result<SlabCache> make(const char *name)
	{
		// SAFETY: the name is copied; null is handled.
		struct kmem_cache *cache =
			bindings::kcxx_kmem_cache_create(name, sizeof(T), alignof(T));
		if (cache == nullptr) [[unlikely]]
			return ENOMEM;
		return SlabCache{cache};
	}

	SlabCache(const SlabCache &) = delete;
	SlabCache &operator=(const SlabCache &) = delete;

	/// Takes over the cache of `other`, which is empty then.
	SlabCache(SlabCache &&other) noexcept : cache_{std::exchange(other.cache_, nullptr)} {}

	/// Gives up its own cache, and takes over that of `other`.
	SlabCache &operator=(SlabCache &&other) noexcept
	{
		const SlabCache old{std::exchange(cache_, std::exchange(other.cache_, nullptr))};
		return *this;
	}

	/// Context: may sleep.
	~SlabCache() KCXX_MAY_SLEEP
	{
		// SAFETY: cache_ is null or a cache that is destroyed once.
		bindings::kmem_cache_destroy(cache_);
	}

	/// Allocates an object and constructs it from `arguments`.
	///
	/// Errors: ENOMEM. Context: as `flags` allow; GFP_KERNEL may sleep.
	template <typename... Arguments>
	[[nodiscard]] Result<SlabObject<T>> alloc(Gfp flags,
						  Arguments &&...arguments) KCXX_LIFETIMEBOUND
	{
		if (cache_ == nullptr) [[unlikely]]
			bug("SlabCache: used after a move");
		// SAFETY: the cache lives; null is handled.
		void *memory = bindings::kcxx_kmem_cache_alloc(cache_, flags.bits());
		if (memory == nullptr) [[unlikely]]
			return ENOMEM;
		return SlabObject<T>{cache_,
				     ::new (memory) T(std::forward<Arguments>(arguments)...)};
	}

private:
	explicit SlabCache(struct kmem_cache *cache) noexcept : cache_{cache} {}

	struct kmem_cache *cache_;
};

} // namespace kernel
