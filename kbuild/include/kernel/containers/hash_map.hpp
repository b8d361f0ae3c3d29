// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Keys and values, found by hashes of the keys. C API: <linux/slab.h>, <linux/siphash.h>.

#pragma once

#include <concepts>
#include <cstddef>
#include <new>
#include <tuple>
#include <type_traits>
#include <utility>

#include <kernel/containers/clone.hpp>
#include <kernel/containers/hash.hpp>
#include <kernel/containers/hash_base.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/slab.hpp>
#include <kernel/types/functional.hpp>
#include <kernel/types/lifetime.hpp>

namespace kernel
{

namespace detail
{

template <typename K, typename V>
struct HashMapTraits {
	using Key = K;
	using Entry = std::pair<const K, V>;
	using Taken = std::pair<K, V>;
	static constexpr const char *no_entry = "HashMap: the iterator has no entry";

	[[nodiscard]] static const K &key(const Entry &entry) noexcept { return entry.first; }

	/// The parts of an entry, which is destroyed next.
	[[nodiscard]] static Taken take(Entry &entry) noexcept
	{
		static_assert(
			std::is_nothrow_move_constructible_v<K> &&
				std::is_nothrow_move_constructible_v<V>,
			"kcxx-E1310: an entry of a HashMap moves: its key and value need move "
			"constructors that are noexcept");
		// The key is const for those who iterate, and ends here.
		return {std::move(const_cast<K &>(entry.first)), std::move(entry.second)};
	}

	[[nodiscard]] static Result<> clone_to(Entry *to, const Entry &from, Gfp flags)
	{
		K key = KTRY(clone_of(from.first, flags));
		V value = KTRY(clone_of(from.second, flags));
		::new (static_cast<void *>(to)) Entry(std::move(key), std::move(value));
		return {};
	}
};

} // namespace detail

/// Finds values by keys in constant time, whoever chose the keys: the hash is keyed. The entries
/// lie in one piece of memory from kmalloc(), without gaps, and move when it grows or one is
/// erased. Functions that may allocate take GFP flags and return a Result; on failure the HashMap
/// is unchanged. Moves, does not copy; a moved-from HashMap is empty.
///
///     HashMap<String, int> ports;
///     KTRY(ports.insert(KTRY(String::from("eth0", GFP_KERNEL)), 1, GFP_KERNEL));
///     if (const int *port = ports.get("eth0"))
///             pr_info("%d\n", *port);
///     for (const auto &[name, port] : ports)
///             pr_info("%s: %d\n", name.c_str(), port);
///
/// Where a spinlock is held, call reserve() before: then inserting cannot fail. An iterator is a
/// pointer, valid until the HashMap grows or an entry is erased; begin() and end() span all
/// entries.
///
/// A HashMap locks nothing: use SpinLock<HashMap<int, int>>. Its memory is 4
/// MiB at most.
template <typename K, typename V, typename Hash = KeyedHash, typename Equal = std::equal_to<>>
class [[nodiscard]] HashMap : public HashBase<detail::HashMapTraits<K, V>, Hash, Equal>
{
	using Base = HashBase<detail::HashMapTraits<K, V>, Hash, Equal>;
	using Sought = typename Base::Sought;

public:
	/// As std::unordered_map's.
	using mapped_type = V;
	/// As std::unordered_map's; a pointer.
	using iterator = typename Base::iterator;

	/// Makes an empty one; allocates nothing
	constexpr HashMap() noexcept = default;

	/// Makes an empty one, with room for `capacity` entries. Errors and context as reserve().
	[[nodiscard]] static Result<HashMap> with_capacity(std::size_t capacity, Gfp flags)
	{
		HashMap map;
		KTRY(map.reserve(capacity, flags));
		return map;
	}

	/// Makes an entry, unless there is one with its key: then nothing is moved from.
	/// \return the entry with this key, and true if it is new
	///
	/// Errors and context as reserve(); after an error nothing is moved from.
	template <typename Key, typename Value>
		requires std::constructible_from<K, Key> && std::constructible_from<V, Value>
	Result<std::pair<iterator, bool>> insert(Key &&key, Value &&value, Gfp flags)
	{
		return try_emplace(flags, std::forward<Key>(key), std::forward<Value>(value));
	}

	/// Like insert(), but makes the value from `arguments`.
	template <typename Key, typename... Arguments>
		requires std::constructible_from<K, Key> && std::constructible_from<V, Arguments...>
	Result<std::pair<iterator, bool>> try_emplace(Gfp flags, Key &&key,
						      Arguments &&...arguments)
	{
		if constexpr (detail::Text<K> || std::is_same_v<std::remove_cvref_t<Key>, K>)
			return this->find_or_make(
				flags, key, std::piecewise_construct,
				std::forward_as_tuple(std::forward<Key>(key)),
				std::forward_as_tuple(std::forward<Arguments>(arguments)...));
		else // equal keys of different types may have different hashes
			return try_emplace(flags, K(std::forward<Key>(key)),
					   std::forward<Arguments>(arguments)...);
	}

	/// Makes an entry, or assigns to the value of the one with its key.
	/// \return the entry with this key, and true if it is new
	///
	/// Errors and context as insert().
	template <typename Key, typename Value>
		requires std::constructible_from<K, Key> && std::constructible_from<V, Value> &&
			 std::assignable_from<V &, Value>
	Result<std::pair<iterator, bool>> insert_or_assign(Key &&key, Value &&value, Gfp flags)
	{
		auto done = KTRY(
			try_emplace(flags, std::forward<Key>(key), std::forward<Value>(value)));
		if (!done.second)
			done.first->second = std::forward<Value>(value);
		return done;
	}

	/// The value with the key `key`, or null
	[[nodiscard]] V *get(Sought key) KCXX_LIFETIMEBOUND
	{
		const auto at = this->find(key);
		return at != this->end() ? &at->second : nullptr;
	}
	/// The value with the key `key`, or null
	[[nodiscard]] const V *get(Sought key) const KCXX_LIFETIMEBOUND
	{
		const auto at = this->find(key);
		return at != this->end() ? &at->second : nullptr;
	}

	/// Copies the HashMap: keys and values by their copy constructors, or by their
	/// try_clone(Gfp) if they have one. Errors: as reserve(), and the keys' and values'.
	/// Context: as `flags` allow.
	[[nodiscard]] Result<HashMap> try_clone(Gfp flags) const
	{
		HashMap copy;
		KTRY(copy.clone_from(*this, flags));
		return copy;
	}
};

} // namespace kernel
