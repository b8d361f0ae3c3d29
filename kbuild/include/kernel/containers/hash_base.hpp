// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Entries that are found by the hashes of their keys: the base of HashMap and HashSet. C API:
/// <linux/slab.h>.

#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <new>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

#include <generated/bindings/containers/hash_base.hpp>
#include <kernel/bug.hpp>
#include <kernel/containers/hash.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/slab.hpp>
#include <kernel/types/lifetime.hpp>

namespace kernel
{

/// The members that HashMap and HashSet share; use these classes.
// One piece of memory has the entries, without gaps; then a Link for each; then the buckets, as
// many as entries have room. A bucket has the number of its first entry, whose Link has that of the
// next.
template <typename Traits, typename Hash, typename Equal>
class HashBase
{
	using Entry = typename Traits::Entry;
	using Stored = std::remove_const_t<Entry>;
	using Key = typename Traits::Key;
	static_assert(!std::is_reference_v<Key> && !std::is_const_v<Key>,
		      "kcxx-E1308: a container owns its keys: they are no references, and const by "
		      "themselves");

protected:
	/// How a key is given to a search: a text as a view
	using Sought = std::conditional_t<detail::Text<Key>, std::string_view, const Key &>;

public:
	/// As std::unordered_map's.
	using key_type = Key;
	/// As std::unordered_map's.
	using value_type = Stored;
	/// As std::unordered_map's; a pointer.
	using iterator = Entry *;
	/// As std::unordered_map's; a pointer.
	using const_iterator = const Entry *;

	HashBase(const HashBase &) = delete;
	HashBase &operator=(const HashBase &) = delete;

	/// Makes room for `capacity` entries in all. On failure nothing changes.
	///
	/// Errors: ENOMEM; EOVERFLOW if the size does not fit.
	/// Context: as `flags` allow; GFP_KERNEL may sleep.
	Result<> reserve(std::size_t capacity, Gfp flags)
	{
		if (capacity <= table_.capacity)
			return {};
		Table larger = KTRY(table_for(capacity, flags));
		move_to(larger);
		return {};
	}

	/// Destroys the entry at `position`; BUG()s if that is end(). The last entry takes its
	/// place.
	/// \return `position`, where the next entry is now, or end()
	iterator erase(const_iterator position)
	{
		const std::uint32_t index = checked(position);
		unlink(index);
		table_.entries[index].~Stored();
		fill(index);
		return begin() + index;
	}

	/// Destroys the entry with the key `key`, if there is one.
	/// \return how many there were
	std::size_t erase(Sought key)
	{
		const iterator position = find(key);
		if (position == end())
			return 0;
		erase(const_iterator{position});
		return 1;
	}

	/// Takes the entry with the key `key` out: a pair of key and value, or a key; nothing if
	/// there is none.
	[[nodiscard]] std::optional<typename Traits::Taken> extract(Sought key)
	{
		const iterator position = find(key);
		if (position == end())
			return std::nullopt;
		std::optional<typename Traits::Taken> taken{
			Traits::take(const_cast<Stored &>(*position))};
		erase(const_iterator{position});
		return taken;
	}

	/// Destroys the entries for which `keep` returns false.
	template <std::predicate<const Entry &> Predicate>
	void retain(Predicate keep)
	{
		for (const_iterator at = begin(); at != end();)
			at = keep(*at) ? at + 1 : erase(at);
	}

	/// Destroys all entries and keeps the memory.
	void clear() noexcept
	{
		destroy_entries();
		if (table_.capacity != 0)
			table_.forget();
	}

	/// The entry with the key `key`, or end(). In constant time on average.
	[[nodiscard]] iterator find(Sought key) KCXX_LIFETIMEBOUND
	{
		return begin() + index_of(key);
	}
	/// The entry with the key `key`, or end().
	[[nodiscard]] const_iterator find(Sought key) const KCXX_LIFETIMEBOUND
	{
		return begin() + index_of(key);
	}

	/// True if there is an entry with the key `key`.
	[[nodiscard]] bool contains(Sought key) const { return index_of(key) != size_; }

	/// The number of entries.
	[[nodiscard]] std::size_t size() const noexcept { return size_; }
	/// The number of entries that there is memory for: 0 or a power of two.
	[[nodiscard]] std::size_t capacity() const noexcept { return table_.capacity; }
	/// True if there is no entry.
	[[nodiscard]] bool empty() const noexcept { return size_ == 0; }

	/// For range-based for. Entries are in the order in which they were inserted, until one is
	/// erased.
	[[nodiscard]] iterator begin() noexcept KCXX_LIFETIMEBOUND { return table_.entries; }
	/// For range-based for.
	[[nodiscard]] iterator end() noexcept KCXX_LIFETIMEBOUND { return table_.entries + size_; }
	/// For range-based for.
	[[nodiscard]] const_iterator begin() const noexcept KCXX_LIFETIMEBOUND
	{
		return table_.entries;
	}
	/// For range-based for.
	[[nodiscard]] const_iterator end() const noexcept KCXX_LIFETIMEBOUND
	{
		return table_.entries + size_;
	}

protected:
	constexpr HashBase() noexcept = default;

	/// Takes over the entries of `other`, which is empty then.
	HashBase(HashBase &&other) noexcept
	    : hash_{other.hash_}, table_{std::exchange(other.table_, Table{})},
	      size_{std::exchange(other.size_, 0)}
	{
	}

	/// Gives up its own entries, and takes over those of `other`.
	HashBase &operator=(HashBase &&other) noexcept
	{
		// The old entries are destroyed last: one of them may own `other`.
		HashBase incoming{std::move(other)};
		std::swap(hash_, incoming.hash_);
		std::swap(table_, incoming.table_);
		std::swap(size_, incoming.size_);
		return *this;
	}

	~HashBase()
	{
		destroy_entries();
		// SAFETY: the memory is null or kmalloc()'s, and given back once.
		bindings::kfree(table_.entries);
	}

	/// Finds the entry with the key `key`, or makes one of `arguments`. Errors and context as
	/// reserve(); after an error nothing is moved from.
	template <typename... Arguments>
	Result<std::pair<iterator, bool>> find_or_make(Gfp flags, Sought key,
						       Arguments &&...arguments)
	{
		if (table_.capacity == 0) [[unlikely]]
			KTRY(reserve(1, flags)); // it seeds the hash
		const std::uint32_t hash = hash_(key);
		if (const std::uint32_t index = index_of(key, hash); index != size_)
			return std::pair{begin() + index, false};
		if (size_ == table_.capacity) [[unlikely]] {
			Table larger = KTRY(table_for(std::size_t{2} * size_, flags));
			// The old entries have not moved yet: the arguments may refer to them.
			make_at(larger, hash, std::forward<Arguments>(arguments)...);
			move_to(larger);
		} else {
			make_at(table_, hash, std::forward<Arguments>(arguments)...);
		}
		link(table_, size_);
		return std::pair{begin() + size_++, true};
	}

	/// Fills this one, which is empty, with copies of the entries of `other`. Errors: as
	/// reserve(), and those of the entries. Context: as `flags` allow.
	Result<> clone_from(const HashBase &other, Gfp flags)
	{
		if (other.empty())
			return {};
		table_ = KTRY(table_for(other.size_, flags));
		hash_ = other.hash_; // with its secret: the hashes are copied, too
		for (std::uint32_t i = 0; i < other.size_; ++i) {
			KTRY(Traits::clone_to(&table_.entries[i], other.table_.entries[i], flags));
			table_.links[i].hash = other.table_.links[i].hash;
			link(table_, i);
			++size_;
		}
		return {};
	}

private:
	static constexpr std::uint32_t none = ~std::uint32_t{};

	struct Link {
		std::uint32_t hash;
		std::uint32_t next; // the number of the next entry of the bucket
	};

	struct Table {
		Stored *entries = nullptr;
		Link *links = nullptr;
		std::uint32_t *buckets = nullptr;
		std::uint32_t capacity = 0;

		[[nodiscard]] std::uint32_t &bucket(std::uint32_t hash) const noexcept
		{
			return buckets[hash & (capacity - 1)];
		}

		/// Makes all buckets empty
		void forget() const noexcept
		{
			__builtin_memset(buckets, 0xff, capacity * sizeof(*buckets));
		}
	};

	/// Returns a table with room for `capacity` entries at least, and seeds the hash if it is
	/// the first one. Errors and context as reserve().
	[[nodiscard]] Result<Table> table_for(std::size_t capacity, Gfp flags)
	{
		static_assert(alignof(Stored) <= KMALLOC_MINALIGN,
			      "kcxx-E1309: kmalloc() aligns to ARCH_KMALLOC_MINALIGN");
		Table table;
		// Four at least, so that the links are aligned.
		for (table.capacity = 4; table.capacity < capacity; table.capacity *= 2)
			if (table.capacity > none / 4) [[unlikely]]
				return EOVERFLOW;
		std::size_t bytes = 0;
		constexpr std::size_t each = sizeof(Stored) + sizeof(Link) + sizeof(std::uint32_t);
		if (__builtin_mul_overflow(std::size_t{table.capacity}, each, &bytes)) [[unlikely]]
			return EOVERFLOW;
		// SAFETY: any size and flags are allowed; null is handled.
		void *memory = bindings::kcxx_kmalloc(bytes, flags.bits());
		if (memory == nullptr) [[unlikely]]
			return ENOMEM;
		table.entries = static_cast<Stored *>(memory);
		table.links = reinterpret_cast<Link *>(table.entries + table.capacity);
		table.buckets = reinterpret_cast<std::uint32_t *>(table.links + table.capacity);
		table.forget();
		if constexpr (requires { hash_.seed(); })
			if (table_.capacity == 0)
				hash_.seed();
		return table;
	}

	/// Moves the entries to `larger`, and frees the old table.
	void move_to(const Table &larger) noexcept
	{
		for (std::uint32_t i = 0; i < size_; ++i) {
			relocate(&larger.entries[i], &table_.entries[i]);
			larger.links[i].hash = table_.links[i].hash;
			link(larger, i);
		}
		// SAFETY: the memory is null or kmalloc()'s; nothing lives in it now.
		bindings::kfree(table_.entries);
		table_ = larger;
	}

	static void relocate(Stored *to, Stored *from) noexcept
	{
		::new (static_cast<void *>(to)) Stored(Traits::take(*from));
		from->~Stored();
	}

	void destroy_entries() noexcept
	{
		while (size_ > 0)
			table_.entries[--size_].~Stored();
	}

	/// Makes an entry behind the last one
	template <typename... Arguments>
	void make_at(const Table &table, std::uint32_t hash, Arguments &&...arguments)
	{
		table.links[size_].hash = hash;
		::new (static_cast<void *>(table.entries + size_))
			Stored(std::forward<Arguments>(arguments)...);
	}

	/// Puts the entry first in its bucket
	static void link(const Table &table, std::uint32_t index) noexcept
	{
		Link &link = table.links[index];
		link.next = std::exchange(table.bucket(link.hash), index);
	}

	/// The number by which its bucket refers to the entry
	[[nodiscard]] std::uint32_t &reference_to(std::uint32_t index) const noexcept
	{
		std::uint32_t *at = &table_.bucket(table_.links[index].hash);
		while (*at != index)
			at = &table_.links[*at].next;
		return *at;
	}

	void unlink(std::uint32_t index) noexcept
	{
		reference_to(index) = table_.links[index].next;
	}

	/// Moves the last entry to `index`, where none lives
	void fill(std::uint32_t index) noexcept
	{
		const std::uint32_t last = --size_;
		if (index == last)
			return;
		reference_to(last) = index;
		table_.links[index] = table_.links[last];
		relocate(&table_.entries[index], &table_.entries[last]);
	}

	/// The number of the entry; the size if there is none
	[[nodiscard]] std::uint32_t index_of(Sought key) const
	{
		return size_ != 0 ? index_of(key, hash_(key)) : size_;
	}

	/// Likewise; there is a table, and the hash of `key` is `hash`
	[[nodiscard]] std::uint32_t index_of(Sought key, std::uint32_t hash) const
	{
		std::uint32_t index = table_.bucket(hash);
		for (; index != none; index = table_.links[index].next)
			if (table_.links[index].hash == hash &&
			    Equal{}(Sought{Traits::key(table_.entries[index])}, key))
				return index;
		return size_;
	}

	[[nodiscard]] std::uint32_t checked(const_iterator position) const
	{
		const auto index = static_cast<std::size_t>(position - begin());
		if (index >= size_) [[unlikely]]
			bug(Traits::no_entry);
		return static_cast<std::uint32_t>(index);
	}

	[[no_unique_address]] Hash hash_{};
	Table table_;
	std::uint32_t size_ = 0;
};

} // namespace kernel
