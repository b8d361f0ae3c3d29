// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Memory for objects that end together. C API: <linux/slab.h>.

#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include <generated/bindings/containers/arena.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/slab.hpp>
#include <kernel/types/lifetime.hpp>

namespace kernel
{

/// Gives out memory piece by piece, and takes it back as a whole: for the many small objects of
/// one request, such as a parsed message. The memory is in blocks from kmalloc(), each twice as
/// large as the one before, up to 32 KiB; a larger object has a block of its own. Functions that
/// may allocate take GFP flags and return a Result; on failure the Arena is unchanged. Moves, does
/// not copy; its objects stay where they are. A moved-from Arena is empty.
///
///     Arena arena;
///     Header *header = KTRY(arena.make<Header>(GFP_KERNEL, 7));
///     header->name = KTRY(arena.copy("eth0", GFP_KERNEL));
///     std::span<int> words = KTRY(arena.make_array<int>(16, GFP_KERNEL));
///
/// Its objects are valid until clear(), or until the Arena ends. Then those with a destructor are
/// destroyed, the last one first. An Arena locks nothing.
class [[nodiscard]] Arena
{
public:
	/// Makes an empty one; allocates nothing
	constexpr Arena() noexcept = default;

	/// Makes an empty one with a block of `size` bytes: so much can be given out without a
	/// failure, but for what alignment costs. Errors and context as allocate().
	[[nodiscard]] static Result<Arena> with_capacity(std::size_t size, Gfp flags)
	{
		Arena arena;
		KTRY(arena.add_block(size, flags));
		return arena;
	}

	Arena(const Arena &) = delete;
	Arena &operator=(const Arena &) = delete;

	/// Takes over the objects of `other`, which is empty then.
	Arena(Arena &&other) noexcept
	    : block_{std::exchange(other.block_, nullptr)},
	      next_{std::exchange(other.next_, nullptr)}, end_{std::exchange(other.end_, nullptr)},
	      last_{std::exchange(other.last_, nullptr)}
	{
	}

	/// Destroys its own objects, and takes over those of `other`.
	Arena &operator=(Arena &&other) noexcept
	{
		// The old objects are destroyed last: one of them may own `other`.
		Arena incoming{std::move(other)};
		std::swap(block_, incoming.block_);
		std::swap(next_, incoming.next_);
		std::swap(end_, incoming.end_);
		std::swap(last_, incoming.last_);
		return *this;
	}

	/// Context: as the objects' destructors.
	~Arena()
	{
		destroy_objects();
		free_blocks(block_);
	}

	/// Gives out `size` bytes, aligned to `alignment`, a power of two. They are not zeroed.
	///
	/// Errors: ENOMEM; EOVERFLOW if the size does not fit.
	/// Context: as `flags` allow; GFP_KERNEL may sleep.
	[[nodiscard]] Result<void *> allocate(std::size_t size, std::size_t alignment,
					      Gfp flags) KCXX_LIFETIMEBOUND
	{
		if (void *memory = fitting(size, alignment)) [[likely]]
			return memory;
		std::size_t with_gap = 0;
		if (__builtin_add_overflow(size, alignment, &with_gap)) [[unlikely]]
			return EOVERFLOW;
		KTRY(add_block(with_gap, flags));
		return fitting(size, alignment);
	}

	/// Makes a T from `arguments`. Errors and context as allocate(); after an error the
	/// arguments are not moved from.
	template <typename T, typename... Arguments>
	[[nodiscard]] Result<T *> make(Gfp flags, Arguments &&...arguments) KCXX_LIFETIMEBOUND
	{
		static_assert(std::is_object_v<T> && !std::is_array_v<T>,
			      "kcxx-E1304: an Arena makes one object; make_array() makes several");
		if constexpr (std::is_trivially_destructible_v<T>) {
			void *memory = KTRY(allocate(sizeof(T), alignof(T), flags));
			return ::new (memory) T(std::forward<Arguments>(arguments)...);
		} else {
			using Owned = WithDestructor<T>;
			void *memory = KTRY(allocate(sizeof(Owned), alignof(Owned), flags));
			auto *owned =
				::new (memory) Owned(last_, std::forward<Arguments>(arguments)...);
			last_ = owned;
			return &owned->object;
		}
	}

	/// Makes `count` objects T{}, which have no destructor. Errors and context as allocate().
	template <typename T>
	[[nodiscard]] Result<std::span<T>> make_array(std::size_t count,
						      Gfp flags) KCXX_LIFETIMEBOUND
	{
		static_assert(std::is_trivially_destructible_v<T>,
			      "kcxx-E1305: an Arena destroys no arrays: their elements have no "
			      "destructor");
		std::size_t bytes = 0;
		if (__builtin_mul_overflow(count, sizeof(T), &bytes)) [[unlikely]]
			return EOVERFLOW;
		auto *array = static_cast<T *>(KTRY(allocate(bytes, alignof(T), flags)));
		for (std::size_t i = 0; i < count; ++i)
			::new (static_cast<void *>(array + i)) T{};
		return std::span<T>{array, count};
	}

	/// Copies `text`, with a NUL behind it. Errors and context as allocate().
	[[nodiscard]] Result<std::string_view> copy(std::string_view text,
						    Gfp flags) KCXX_LIFETIMEBOUND
	{
		std::size_t size = 0;
		if (__builtin_add_overflow(text.size(), 1, &size)) [[unlikely]]
			return EOVERFLOW;
		auto *characters = static_cast<char *>(KTRY(allocate(size, 1, flags)));
		__builtin_memcpy(characters, text.data(), text.size());
		characters[text.size()] = '\0';
		return std::string_view{characters, text.size()};
	}

	/// Destroys all objects, and keeps the last block for further ones. Context: as the
	/// objects' destructors.
	void clear() noexcept
	{
		destroy_objects();
		if (block_ == nullptr)
			return;
		free_blocks(std::exchange(block_->previous, nullptr));
		next_ = begin_of(block_);
	}

private:
	struct Block {
		Block *previous;
		std::size_t size; // of what it gives out
	};

	static constexpr std::size_t first_size = 512 - sizeof(Block);
	static constexpr std::size_t largest_size = (std::size_t{32} << 10) - sizeof(Block);

	/// Stands before an object that has a destructor
	struct Destructor {
		Destructor *previous;
		void (*destroy)(Destructor *self);
	};

	template <typename T>
	struct WithDestructor : Destructor {
		template <typename... Arguments>
		explicit WithDestructor(Destructor *before, Arguments &&...arguments)
		    : Destructor{before, destroy_this},
		      object(std::forward<Arguments>(arguments)...)
		{
		}

		static void destroy_this(Destructor *self)
		{
			static_cast<WithDestructor *>(self)->object.~T();
		}

		union {
			T object; // whose destructor is called above alone
		};
	};

	[[nodiscard]] static std::byte *begin_of(Block *block) noexcept
	{
		return reinterpret_cast<std::byte *>(block + 1);
	}

	/// Gives out memory of the current block; null if it has not so much
	[[nodiscard]] void *fitting(std::size_t size, std::size_t alignment) noexcept
	{
		const auto at = reinterpret_cast<std::uintptr_t>(next_);
		const std::size_t gap = -at & (alignment - 1);
		const auto left = static_cast<std::size_t>(end_ - next_);
		if (gap > left || size > left - gap || next_ == nullptr)
			return nullptr;
		void *memory = next_ + gap;
		next_ += gap + size;
		return memory;
	}

	/// Adds a block with room for `size` bytes at least. Errors and context as allocate().
	[[gnu::noinline]] Result<> add_block(std::size_t size, Gfp flags)
	{
		std::size_t usual = first_size;
		if (block_ != nullptr)
			usual = 2 * block_->size + sizeof(Block);
		if (usual > largest_size)
			usual = largest_size;
		if (size < usual)
			size = usual;
		std::size_t bytes = 0;
		if (__builtin_add_overflow(size, sizeof(Block), &bytes)) [[unlikely]]
			return EOVERFLOW;
		// SAFETY: any size and flags are allowed; null is handled.
		void *memory = bindings::kcxx_kmalloc(bytes, flags.bits());
		if (memory == nullptr) [[unlikely]]
			return ENOMEM;
		block_ = ::new (memory) Block{block_, size};
		next_ = begin_of(block_);
		end_ = next_ + size;
		return {};
	}

	void destroy_objects() noexcept
	{
		while (last_ != nullptr) {
			Destructor *object = std::exchange(last_, last_->previous);
			object->destroy(object);
		}
	}

	static void free_blocks(Block *block) noexcept
	{
		while (block != nullptr) {
			Block *previous = block->previous;
			// SAFETY: the block is kmalloc()'s, and given back once.
			bindings::kfree(block);
			block = previous;
		}
	}

	Block *block_ = nullptr;     // the one that gives out memory, and leads to the older ones
	std::byte *next_ = nullptr;  // where its free memory begins
	std::byte *end_ = nullptr;   // where it ends
	Destructor *last_ = nullptr; // of the object that was made last
};

} // namespace kernel
