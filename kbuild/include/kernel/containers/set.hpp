// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Keys in their order. C API: <linux/rbtree.h>, <linux/slab.h>.

#pragma once

#include <concepts>
#include <utility>

#include <kernel/containers/clone.hpp>
#include <kernel/containers/ordered_base.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/slab.hpp>
#include <kernel/types/functional.hpp>

namespace kernel
{

namespace detail
{

template <typename K>
struct SetTraits {
	using Key = K;
	using Entry = const K;
	static constexpr const char *no_entry = "Set: end() has no entry";

	[[nodiscard]] static const K &key(const K &entry) noexcept { return entry; }
};

} // namespace detail

/// Keeps keys in their order, each once: a Map without values. Functions that may allocate take
/// GFP flags and return a Result; on failure the Set is unchanged. Moves, does not copy; a
/// moved-from Set is empty.
///
///     Set<int> numbers;
///     KTRY(numbers.insert(7, GFP_KERNEL));
///     if (numbers.contains(7))
///             numbers.erase(7);
template <typename K, typename Compare = std::less<>>
class [[nodiscard]] Set : public OrderedBase<detail::SetTraits<K>, Compare>
{
	using Base = OrderedBase<detail::SetTraits<K>, Compare>;

public:
	/// As std::set's: a bidirectional iterator.
	using iterator = typename Base::iterator;
	/// As std::set's: a key without a Set.
	using node_type = typename Base::node_type;

	/// Makes an empty one; allocates nothing
	Set() noexcept = default;

	/// Makes an entry that insert() puts into a Set.
	///
	/// Errors: ENOMEM. Context: as `flags` allow; GFP_KERNEL may sleep.
	template <typename Key>
		requires std::constructible_from<K, Key>
	[[nodiscard]] static Result<node_type> make_node(Gfp flags, Key &&key)
	{
		return Base::handle(flags, std::forward<Key>(key));
	}

	using Base::insert;

	/// Puts `key` in, unless it is there already: then it is not moved from.
	/// \return the key in the Set, and true if it is new
	///
	/// Errors: ENOMEM; then nothing has changed, and the key is not moved from.
	/// Context: as `flags` allow; GFP_KERNEL may sleep.
	template <typename Key>
		requires std::constructible_from<K, Key>
	Result<std::pair<iterator, bool>> insert(Key &&key, Gfp flags)
	{
		return this->find_or_make(flags, key, std::forward<Key>(key));
	}

	/// Copies the Set: each key by its copy constructor, or by its try_clone(Gfp) if it has
	/// one. Errors: ENOMEM, and the keys'. Context: as `flags` allow.
	[[nodiscard]] Result<Set> try_clone(Gfp flags) const
	{
		Set copy;
		for (const K &key : *this)
			KTRY(copy.insert(KTRY(detail::clone_of(key, flags)), flags));
		return copy;
	}
};

} // namespace kernel
