// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Keys and values in the order of the keys. C API: <linux/rbtree.h>, <linux/slab.h>.

#pragma once

#include <concepts>
#include <tuple>
#include <utility>

#include <kernel/containers/clone.hpp>
#include <kernel/containers/ordered_base.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/slab.hpp>
#include <kernel/types/functional.hpp>
#include <kernel/types/lifetime.hpp>

namespace kernel
{

namespace detail
{

template <typename K, typename V>
struct MapTraits {
	using Key = K;
	using Entry = std::pair<const K, V>;
	static constexpr const char *no_entry = "Map: end() has no entry";

	[[nodiscard]] static const K &key(const Entry &entry) noexcept { return entry.first; }
};

} // namespace detail

/// Finds values by keys, and keeps them in the order of the keys: the kernel's red-black tree.
/// Each entry is in memory from kmalloc() of its own, and stays where it is until it is erased.
/// Functions that may allocate take GFP flags and return a Result; on failure the Map is
/// unchanged. Moves, does not copy; a moved-from Map is empty.
///
///     Map<int, String> names;
///     KTRY(names.insert(7, KTRY(String::from("pump", GFP_KERNEL)), GFP_KERNEL));
///     if (String *name = names.get(7))
///             pr_info("%s\n", name->c_str());
///     for (const auto &[number, name] : names)
///             pr_info("%d: %s\n", number, name.c_str());
///
/// Where a spinlock is held, make the entry before: make_node() allocates, and inserting it cannot
/// fail.
///
/// A key of any type that Compare orders beside K finds an entry: a std::string_view finds a
/// String. A Map locks nothing: use Mutex<Map<int, String>>.
template <typename K, typename V, typename Compare = std::less<>>
class [[nodiscard]] Map : public OrderedBase<detail::MapTraits<K, V>, Compare>
{
	using Base = OrderedBase<detail::MapTraits<K, V>, Compare>;

public:
	/// As std::map's.
	using mapped_type = V;
	/// As std::map's: a bidirectional iterator.
	using iterator = typename Base::iterator;
	/// As std::map's: an entry without a Map.
	using node_type = typename Base::node_type;

	/// Makes an empty one; allocates nothing
	Map() noexcept = default;

	/// Makes an entry that insert() puts into a Map: its value is made from `arguments`.
	///
	/// Errors: ENOMEM. Context: as `flags` allow; GFP_KERNEL may sleep.
	template <typename Key, typename... Arguments>
		requires std::constructible_from<K, Key>
	[[nodiscard]] static Result<node_type> make_node(Gfp flags, Key &&key,
							 Arguments &&...arguments)
	{
		return Base::handle(flags, std::piecewise_construct,
				    std::forward_as_tuple(std::forward<Key>(key)),
				    std::forward_as_tuple(std::forward<Arguments>(arguments)...));
	}

	using Base::insert;

	/// Makes an entry, unless there is one with its key: then nothing is moved from.
	/// \return the entry with this key, and true if it is new
	///
	/// Errors: ENOMEM; then nothing has changed, and nothing is moved from.
	/// Context: as `flags` allow; GFP_KERNEL may sleep.
	template <typename Key, typename Value>
		requires std::constructible_from<K, Key> && std::constructible_from<V, Value>
	Result<std::pair<iterator, bool>> insert(Key &&key, Value &&value, Gfp flags)
	{
		return try_emplace(flags, std::forward<Key>(key), std::forward<Value>(value));
	}

	/// Like insert(), but makes the value from `arguments`: V need not move.
	template <typename Key, typename... Arguments>
		requires std::constructible_from<K, Key> && std::constructible_from<V, Arguments...>
	Result<std::pair<iterator, bool>> try_emplace(Gfp flags, Key &&key,
						      Arguments &&...arguments)
	{
		return this->find_or_make(
			flags, key, std::piecewise_construct,
			std::forward_as_tuple(std::forward<Key>(key)),
			std::forward_as_tuple(std::forward<Arguments>(arguments)...));
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
	template <typename Other>
	[[nodiscard]] V *get(const Other &key) KCXX_LIFETIMEBOUND
	{
		const auto at = this->find(key);
		return at != this->end() ? &at->second : nullptr;
	}
	/// The value with the key `key`, or null
	template <typename Other>
	[[nodiscard]] const V *get(const Other &key) const KCXX_LIFETIMEBOUND
	{
		const auto at = this->find(key);
		return at != this->end() ? &at->second : nullptr;
	}

	/// Copies the Map: keys and values by their copy constructors, or by their try_clone(Gfp)
	/// if they have one. Errors: ENOMEM, and the keys' and values'. Context: as `flags` allow.
	[[nodiscard]] Result<Map> try_clone(Gfp flags) const
	{
		Map copy;
		for (const auto &[key, value] : *this) {
			K key_copy = KTRY(detail::clone_of(key, flags));
			KTRY(copy.insert(std::move(key_copy), KTRY(detail::clone_of(value, flags)),
					 flags));
		}
		return copy;
	}
};

} // namespace kernel
