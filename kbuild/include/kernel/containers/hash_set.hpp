// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Keys, found by their hashes. C API: <linux/slab.h>, <linux/siphash.h>.

#pragma once

#include <concepts>
#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>

#include <kernel/containers/clone.hpp>
#include <kernel/containers/hash.hpp>
#include <kernel/containers/hash_base.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/slab.hpp>
#include <kernel/types/functional.hpp>

namespace kernel
{

namespace detail
{

template <typename K>
struct HashSetTraits {
	using Key = K;
	using Entry = const K;
	using Taken = K;
	static constexpr const char *no_entry = "HashSet: the iterator has no entry";

	[[nodiscard]] static const K &key(const K &entry) noexcept { return entry; }

	/// The key, which is destroyed next.
	[[nodiscard]] static K &&take(K &entry) noexcept
	{
		static_assert(std::is_nothrow_move_constructible_v<K>,
			      "kcxx-E1311: a key of a HashSet moves: its class needs a move "
			      "constructor that is "
			      "noexcept");
		return std::move(entry);
	}

	[[nodiscard]] static Result<> clone_to(K *to, const K &from, Gfp flags)
	{
		::new (static_cast<void *>(to)) K(KTRY(clone_of(from, flags)));
		return {};
	}
};

} // namespace detail

/// Keeps keys, each once, and finds them in constant time: a HashMap without values. Functions
/// that may allocate take GFP flags and return a Result; on failure the HashSet is unchanged.
/// Moves, does not copy; a moved-from HashSet is empty.
///
///     HashSet<std::uint32_t> seen;
///     if (KTRY(seen.insert(address, GFP_ATOMIC)).second)
///             greet(address); // the first time
template <typename K, typename Hash = KeyedHash, typename Equal = std::equal_to<>>
class [[nodiscard]] HashSet : public HashBase<detail::HashSetTraits<K>, Hash, Equal>
{
	using Base = HashBase<detail::HashSetTraits<K>, Hash, Equal>;

public:
	/// As std::unordered_set's; a pointer.
	using iterator = typename Base::iterator;

	/// Makes an empty one; allocates nothing
	constexpr HashSet() noexcept = default;

	/// Makes an empty one, with room for `capacity` keys. Errors and context as reserve().
	[[nodiscard]] static Result<HashSet> with_capacity(std::size_t capacity, Gfp flags)
	{
		HashSet set;
		KTRY(set.reserve(capacity, flags));
		return set;
	}

	/// Puts `key` in, unless it is there already: then it is not moved from.
	/// \return the key in the HashSet, and true if it is new
	///
	/// Errors and context as reserve(); after an error the key is not moved from.
	template <typename Key>
		requires std::constructible_from<K, Key>
	Result<std::pair<iterator, bool>> insert(Key &&key, Gfp flags)
	{
		if constexpr (detail::Text<K> || std::is_same_v<std::remove_cvref_t<Key>, K>)
			return this->find_or_make(flags, key, std::forward<Key>(key));
		else // equal keys of different types may have different hashes
			return insert(K(std::forward<Key>(key)), flags);
	}

	/// Copies the HashSet: each key by its copy constructor, or by its try_clone(Gfp) if it
	/// has one. Errors: as reserve(), and the keys'. Context: as `flags` allow.
	[[nodiscard]] Result<HashSet> try_clone(Gfp flags) const
	{
		HashSet copy;
		KTRY(copy.clone_from(*this, flags));
		return copy;
	}
};

} // namespace kernel
