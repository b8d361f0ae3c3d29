// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A growing array on the kernel's heap. C API: <linux/slab.h>.

#pragma once

#include <cstddef>
#include <new>
#include <span>
#include <type_traits>
#include <utility>

#include <generated/bindings/memory/vec.hpp>
#include <kernel/bug.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/slab.hpp>
#include <kernel/types/lifetime.hpp>

namespace kernel
{

/// Owns elements in one piece of memory from kmalloc(). Functions that may allocate take GFP
/// flags and return a Result; an element is reached only within bounds. Moves, does not copy; a
/// moved-from Vec is empty.
///
///     Vec<int> numbers;
///     KTRY(numbers.push(72, GFP_KERNEL));
///
/// `[]`, get() and functions that change the Vec check bounds; begin() and data() are plain
/// pointers, valid until the Vec grows. A std::span can be made of a Vec.
template <typename T>
class [[nodiscard]] Vec
{
public:
	/// As std::vector's.
	using value_type = T;
	/// As std::vector's.
	using iterator = T *;
	/// As std::vector's.
	using const_iterator = const T *;

	/// Makes an empty one; allocates nothing
	constexpr Vec() noexcept = default;

	/// Makes an empty one, with room for `capacity` elements. Errors and context as
	/// reserve().
	[[nodiscard]] static Result<Vec> with_capacity(std::size_t capacity, Gfp flags)
	{
		Vec vec;
		KTRY(vec.reserve(capacity, flags));
		return vec;
	}

	Vec(const Vec &) = delete;
	Vec &operator=(const Vec &) = delete;

	/// Takes over the elements of `other`, which is empty then.
	Vec(Vec &&other) noexcept
	    : elements_{std::exchange(other.elements_, nullptr)},
	      size_{std::exchange(other.size_, 0)}, capacity_{std::exchange(other.capacity_, 0)}
	{
	}

	/// Gives up its own elements, and takes over those of `other`.
	Vec &operator=(Vec &&other) noexcept
	{
		// The old elements are destroyed last: one of them may own `other`.
		Vec incoming{std::move(other)};
		std::swap(elements_, incoming.elements_);
		std::swap(size_, incoming.size_);
		std::swap(capacity_, incoming.capacity_);
		return *this;
	}

	~Vec()
	{
		clear();
		// A Vec that a move has emptied costs no call.
		if (elements_ != nullptr)
			// SAFETY: the memory is given back once.
			bindings::kfree(elements_);
	}

	/// Makes room for at least `capacity` elements in all. On failure the elements are
	/// unchanged.
	///
	/// Errors: ENOMEM; EOVERFLOW if the size in bytes does not fit.
	/// Context: as `flags` allow; GFP_KERNEL may sleep.
	Result<> reserve(std::size_t capacity, Gfp flags)
	{
		if (capacity <= capacity_)
			return {};
		std::size_t bytes = 0;
		if (__builtin_mul_overflow(capacity, sizeof(T), &bytes)) [[unlikely]]
			return EOVERFLOW;
		T *grown = reallocate(elements_, size_, bytes, flags);
		if (grown == nullptr) [[unlikely]]
			return ENOMEM;
		elements_ = grown;
		capacity_ = capacity;
		return {};
	}

	// Force inlining of the path with spare capacity, so that the Result is optimised away.

	/// Appends `value`; on failure the Vec is unchanged and the value not moved from.
	/// Errors and context as reserve().
	[[gnu::always_inline]] Result<> push(T &&value, Gfp flags)
	{
		return emplace(flags, std::move(value));
	}
	/// Appends a copy of `value`. Errors, context: as above.
	[[gnu::always_inline]] Result<> push(const T &value, Gfp flags)
	{
		return emplace(flags, value);
	}

	/// Appends an element made from `arguments`. Errors and context as reserve().
	template <typename... Arguments>
	[[gnu::always_inline]] Result<> emplace(Gfp flags, Arguments &&...arguments)
	{
		if (size_ < capacity_) [[likely]] {
			construct_last(std::forward<Arguments>(arguments)...);
			return {};
		}
		if constexpr (std::is_trivially_copyable_v<T> && sizeof(T) <= sizeof(long)) {
			// The value stays in a register: its address is not taken.
			const T value(std::forward<Arguments>(arguments)...);
			KTRY(grow(flags));
			construct_last(value);
			return {};
		} else {
			return emplace_grown(flags, std::forward<Arguments>(arguments)...);
		}
	}

	/// Appends copies of `elements`, all or none. They may be this Vec's own.
	/// Errors and context as reserve().
	Result<> extend(std::span<const T> elements, Gfp flags)
		requires std::is_nothrow_copy_constructible_v<T>
	{
		std::size_t size = 0;
		if (__builtin_add_overflow(size_, elements.size(), &size)) [[unlikely]]
			return EOVERFLOW;
		const T *from = elements.data();
		const bool own = from >= elements_ && from < elements_ + size_;
		const std::size_t at = own ? static_cast<std::size_t>(from - elements_) : 0;
		if (size > capacity_)
			KTRY(reserve(size > 2 * capacity_ ? size : 2 * capacity_, flags));
		if (own)
			from = elements_ + at;
		for (std::size_t i = 0; i < elements.size(); ++i)
			construct_last(from[i]);
		return {};
	}

	/// Puts `value` before the element at `index`, or at the end if that is size(); BUG()s
	/// beyond. On failure nothing changes. Errors and context as reserve().
	template <typename Value>
		requires std::is_constructible_v<T, Value &&>
	Result<> insert(std::size_t index, Value &&value, Gfp flags)
	{
		if (index > size_) [[unlikely]]
			bug("Vec: insert() out of bounds");
		if constexpr (std::is_same_v<std::remove_cvref_t<Value>, T>)
			KTRY(push(std::forward<Value>(value), flags));
		else
			KTRY(emplace(flags, std::forward<Value>(value)));
		T last = std::move(elements_[size_ - 1]);
		elements_[size_ - 1].~T();
		for (std::size_t i = size_ - 1; i > index; --i)
			relocate(i, i - 1);
		::new (static_cast<void *>(elements_ + index)) T(std::move(last));
		return {};
	}

	/// Takes the element at `index` out, and closes the gap; BUG()s if there is none.
	T remove(std::size_t index)
	{
		T removed = std::move(elements_[checked(index)]);
		elements_[index].~T();
		for (std::size_t i = index; i + 1 < size_; ++i)
			relocate(i, i + 1);
		--size_;
		return removed;
	}

	/// Like remove(), but fills the gap with the last element: in constant time.
	T swap_remove(std::size_t index)
	{
		T removed = std::move(elements_[checked(index)]);
		elements_[index].~T();
		if (index + 1 < size_)
			relocate(index, size_ - 1);
		--size_;
		return removed;
	}

	/// Destroys the elements from `size` on, if there are any.
	void truncate(std::size_t size) noexcept
	{
		while (size_ > size)
			elements_[--size_].~T();
	}

	/// Changes the number of elements to `size`, new ones as copies of `value`. Errors and
	/// context as reserve(); it cannot fail if the size shrinks.
	Result<> resize(std::size_t size, const T &value, Gfp flags)
		requires std::is_nothrow_copy_constructible_v<T>
	{
		if (size <= size_) {
			truncate(size);
			return {};
		}
		T copy{value}; // `value` may be an element, and elements move
		KTRY(reserve(size, flags));
		while (size_ < size)
			construct_last(copy);
		return {};
	}

	/// Keeps the elements for which `keep` returns true, in their order, and destroys the
	/// others. While `keep` runs, the Vec is empty.
	template <typename Predicate>
	void retain(Predicate keep)
	{
		const std::size_t size = std::exchange(size_, 0);
		std::size_t kept = 0;
		for (std::size_t i = 0; i < size; ++i) {
			if (!keep(std::as_const(elements_[i])))
				elements_[i].~T();
			else if (kept++ != i)
				relocate(kept - 1, i);
		}
		size_ = kept;
	}

	/// Copies the Vec: each element by its copy constructor, or by its try_clone(Gfp) if it
	/// has one. Errors: as reserve(), and the elements'. Context: as `flags` allow.
	[[nodiscard]] Result<Vec> try_clone(Gfp flags) const
	{
		Vec copy = KTRY(with_capacity(size_, flags));
		for (const T &element : *this) {
			if constexpr (requires { element.try_clone(flags); })
				copy.construct_last(KTRY(element.try_clone(flags)));
			else
				copy.construct_last(element);
		}
		return copy;
	}

	/// Destroys the last element; BUG()s if there is none.
	void pop()
	{
		if (size_ == 0) [[unlikely]]
			bug("Vec: pop() of an empty one");
		elements_[--size_].~T();
	}

	/// Destroys all elements and keeps the memory.
	void clear() noexcept { truncate(0); }

	/// The element at `index`; BUG()s if there is none.
	[[nodiscard]] T &operator[](std::size_t index) KCXX_LIFETIMEBOUND
	{
		return elements_[checked(index)];
	}
	/// The element; BUG()s if there is none.
	[[nodiscard]] const T &operator[](std::size_t index) const KCXX_LIFETIMEBOUND
	{
		return elements_[checked(index)];
	}

	/// The element at `index`, or null if there is none
	[[nodiscard]] T *get(std::size_t index) KCXX_LIFETIMEBOUND
	{
		return index < size_ ? elements_ + index : nullptr;
	}
	/// The element, or null.
	[[nodiscard]] const T *get(std::size_t index) const KCXX_LIFETIMEBOUND
	{
		return index < size_ ? elements_ + index : nullptr;
	}

	/// The number of elements.
	[[nodiscard]] std::size_t size() const noexcept { return size_; }
	/// The number of elements that there is memory for.
	[[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }
	/// True if there is no element.
	[[nodiscard]] bool empty() const noexcept { return size_ == 0; }
	/// The elements, valid until the Vec grows; null without memory.
	[[nodiscard]] T *data() noexcept KCXX_LIFETIMEBOUND { return elements_; }
	/// The elements, valid until the Vec grows; null without memory.
	[[nodiscard]] const T *data() const noexcept KCXX_LIFETIMEBOUND { return elements_; }

	/// For range-based for.
	[[nodiscard]] T *begin() noexcept KCXX_LIFETIMEBOUND { return elements_; }
	/// For range-based for.
	[[nodiscard]] T *end() noexcept KCXX_LIFETIMEBOUND { return elements_ + size_; }
	/// For range-based for.
	[[nodiscard]] const T *begin() const noexcept KCXX_LIFETIMEBOUND { return elements_; }
	/// For range-based for.
	[[nodiscard]] const T *end() const noexcept KCXX_LIFETIMEBOUND { return elements_ + size_; }

private:
	static constexpr std::size_t first_capacity = sizeof(T) <= 16 ? 4 : 1;

	[[nodiscard]] std::size_t checked(std::size_t index) const
	{
		if (index >= size_) [[unlikely]]
			bug("Vec: index out of bounds");
		return index;
	}

	template <typename... Arguments>
	void construct_last(Arguments &&...arguments)
	{
		::new (static_cast<void *>(elements_ + size_))
			T(std::forward<Arguments>(arguments)...);
		++size_;
	}

	/// Moves the element at `from` to `to`, where no element lives; then none lives at
	/// `from`.
	void relocate(std::size_t to, std::size_t from) noexcept
	{
		::new (static_cast<void *>(elements_ + to)) T(std::move(elements_[from]));
		elements_[from].~T();
	}

	/// emplace() where there is no room
	template <typename... Arguments>
	[[gnu::noinline]] Result<> emplace_grown(Gfp flags, Arguments &&...arguments)
	{
		// An argument may refer to an element: make the new one before they move.
		T value(std::forward<Arguments>(arguments)...);
		auto grown = grow(flags);
		if (!grown) [[unlikely]] {
			// The caller of push() gets the moved value back.
			if constexpr (sizeof...(Arguments) == 1 && std::is_move_assignable_v<T> &&
				      (std::is_same_v<Arguments, T> && ...))
				((arguments = std::move(value)), ...);
			return grown;
		}
		construct_last(std::move(value));
		return {};
	}

	/// Makes room for one more at least. Inline, so that the Vec may be in registers. Errors
	/// and context as reserve().
	[[gnu::always_inline]] Result<> grow(Gfp flags)
	{
		const Memory grown = grown_of({elements_, capacity_}, size_, flags);
		if (grown.elements == nullptr) [[unlikely]]
			return grown.error();
		elements_ = grown.elements;
		capacity_ = grown.capacity;
		return {};
	}

	/// The memory of a Vec, or an error, in two registers: a Result would be in memory
	struct Memory {
		T *elements;
		std::size_t capacity; // without elements, the errno

		[[nodiscard]] static constexpr Memory failed(Error error) noexcept
		{
			return {nullptr, static_cast<std::size_t>(-error.to_errno())};
		}

		/// The reason why there are no elements: a comparison, for Error{} checks its
		/// number
		[[nodiscard]] constexpr Error error() const noexcept
		{
			return capacity == failed(EOVERFLOW).capacity ? EOVERFLOW : ENOMEM;
		}
	};

	/// Returns larger memory. Errors: EOVERFLOW, ENOMEM. The function takes only parts of
	/// the Vec: a Vec whose address is not taken may be in registers.
	[[gnu::noinline]] static Memory grown_of(Memory old, std::size_t size, Gfp flags)
	{
		std::size_t capacity = first_capacity;
		std::size_t bytes = 0;
		if ((old.capacity != 0 && __builtin_mul_overflow(old.capacity, 2, &capacity)) ||
		    __builtin_mul_overflow(capacity, sizeof(T), &bytes)) [[unlikely]]
			return Memory::failed(EOVERFLOW);
		T *elements = reallocate(old.elements, size, bytes, flags);
		return elements != nullptr ? Memory{elements, capacity} : Memory::failed(ENOMEM);
	}

	/// Moves the `size` elements to `bytes` of memory, and frees the old memory. Returns
	/// null and changes nothing if there is no memory.
	static T *reallocate(T *elements, std::size_t size, std::size_t bytes, Gfp flags)
	{
		// The checks stand here, because T may be incomplete before: a tree's nodes
		// hold a Vec of nodes.
		static_assert(alignof(T) <= KMALLOC_MINALIGN,
			      "kcxx-E1309: kmalloc() aligns to ARCH_KMALLOC_MINALIGN");
		static_assert(std::is_nothrow_move_constructible_v<T>,
			      "kcxx-E1423: elements move when the Vec grows");
		if constexpr (std::is_trivially_copyable_v<T>) {
			// SAFETY: elements is null or krealloc()'s; on failure it stays ours.
			return static_cast<T *>(
				bindings::kcxx_krealloc(elements, bytes, flags.bits()));
		} else {
			// SAFETY: any size and flags are allowed; null is handled.
			void *memory = bindings::kcxx_kmalloc(bytes, flags.bits());
			if (memory == nullptr) [[unlikely]]
				return nullptr;
			auto *grown = static_cast<T *>(memory);
			for (std::size_t i = 0; i < size; ++i) {
				::new (static_cast<void *>(grown + i)) T(std::move(elements[i]));
				elements[i].~T();
			}
			// SAFETY: elements is null or kmalloc()'s; nothing lives in it now.
			bindings::kfree(elements);
			return grown;
		}
	}

	T *elements_ = nullptr;
	std::size_t size_ = 0;
	std::size_t capacity_ = 0;
};

} // namespace kernel
