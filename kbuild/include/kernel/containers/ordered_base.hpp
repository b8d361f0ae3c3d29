// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Entries in the order of their keys: the base of Map and Set. C API: <linux/rbtree.h>,
/// <linux/slab.h>.

#pragma once

#include <concepts>
#include <cstddef>
#include <iterator>
#include <type_traits>
#include <utility>

#include <kernel/bug.hpp>
#include <kernel/containers/rb_tree.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/box.hpp>
#include <kernel/memory/slab.hpp>
#include <kernel/types/lifetime.hpp>

namespace kernel
{

template <typename Traits, typename Compare>
class OrderedBase;

namespace detail
{

/// An entry in a tree
template <typename Traits>
struct OrderedNode : RbTreeNode<> {
	template <typename... Arguments>
	explicit OrderedNode(Arguments &&...arguments)
	    : entry(std::forward<Arguments>(arguments)...)
	{
	}

	[[nodiscard]] const auto &key() const noexcept { return Traits::key(entry); }

	typename Traits::Entry entry;
};

/// The key of an OrderedNode, which may be incomplete yet: values may hold a Map of their own
struct OrderedKey {
	template <typename Node>
	[[nodiscard]] const auto &operator()(const Node &node) const noexcept
	{
		return node.key();
	}
};

/// Goes from entry to entry, as the tree's iterator At does from node to node.
template <typename At, typename Entry>
class OrderedIterator
{
public:
	/// As std::map's.
	using value_type = std::remove_const_t<Entry>;
	using difference_type = std::ptrdiff_t;
	using reference = Entry &;
	using pointer = Entry *;
	using iterator_category = std::bidirectional_iterator_tag;

	OrderedIterator() = default;

	template <typename OtherAt, typename Other>
		requires(!std::is_same_v<OtherAt, At> && std::is_convertible_v<OtherAt, At> &&
			 std::is_convertible_v<Other *, Entry *>)
	OrderedIterator(const OrderedIterator<OtherAt, Other> &other) noexcept : at_{other.at_}
	{
	}

	[[nodiscard]] Entry &operator*() const noexcept { return at_->entry; }
	[[nodiscard]] Entry *operator->() const noexcept { return &at_->entry; }

	OrderedIterator &operator++() noexcept
	{
		++at_;
		return *this;
	}
	OrderedIterator &operator--() noexcept
	{
		--at_;
		return *this;
	}
	OrderedIterator operator++(int) noexcept { return OrderedIterator{at_++}; }
	OrderedIterator operator--(int) noexcept { return OrderedIterator{at_--}; }

	friend bool operator==(const OrderedIterator &, const OrderedIterator &) = default;

private:
	template <typename, typename>
	friend class OrderedIterator;
	template <typename, typename>
	friend class kernel::OrderedBase;

	explicit OrderedIterator(At at) noexcept : at_{at} {}

	At at_;
};

} // namespace detail

/// An entry that is in no Map or Set, and the memory that it has in one: with it, inserting
/// cannot fail. Moves, does not copy; a moved-from one is empty, and all but assignment to it and
/// its destruction BUG().
template <typename Traits>
class [[nodiscard]] OrderedHandle
{
	using Node = detail::OrderedNode<Traits>;

public:
	/// Makes an empty one.
	OrderedHandle() noexcept : node_{Box<Node>::adopt(nullptr)} {}

	/// True if there is no entry.
	[[nodiscard]] bool empty() const noexcept { return !node_; }
	/// True if there is an entry.
	[[nodiscard]] explicit operator bool() const noexcept { return !empty(); }

	/// The entry: a pair of key and value, or a key; const if this is. BUG()s if there is none.
	[[nodiscard]] typename Traits::Entry &value() KCXX_LIFETIMEBOUND { return node_->entry; }
	/// The same of a const handle
	[[nodiscard]] const typename Traits::Entry &value() const KCXX_LIFETIMEBOUND
	{
		return node_->entry;
	}
	/// The key of the entry; BUG()s if there is none.
	[[nodiscard]] const auto &key() const KCXX_LIFETIMEBOUND { return node_->key(); }
	/// The value of the entry, if it has one; const if this is. BUG()s if there is no entry.
	[[nodiscard]] auto &mapped() KCXX_LIFETIMEBOUND
		requires(!std::is_const_v<typename Traits::Entry>)
	{
		return node_->entry.second;
	}
	/// The same of a const handle
	[[nodiscard]] const auto &mapped() const KCXX_LIFETIMEBOUND
		requires(!std::is_const_v<typename Traits::Entry>)
	{
		return node_->entry.second;
	}

private:
	template <typename, typename>
	friend class OrderedBase;

	explicit OrderedHandle(Box<Node> node) noexcept : node_{std::move(node)} {}

	Box<Node> node_;
};

/// The members that Map and Set share; use these classes.
template <typename Traits, typename Compare>
class OrderedBase
{
protected:
	/// The object that holds an entry
	using Node = detail::OrderedNode<Traits>;
	/// The tree of these
	using Tree = RbTree<Node, detail::OrderedKey{}, Compare>;

private:
	using Entry = typename Traits::Entry;

public:
	/// As std::map's.
	using key_type = typename Traits::Key;
	/// As std::map's.
	using value_type = std::remove_const_t<Entry>;
	/// As std::map's: an entry without a container.
	using node_type = OrderedHandle<Traits>;
	/// As std::map's: a bidirectional iterator.
	using iterator = detail::OrderedIterator<typename Tree::iterator, Entry>;
	/// As std::map's.
	using const_iterator = detail::OrderedIterator<typename Tree::const_iterator, const Entry>;
	/// As std::map's.
	using reverse_iterator = std::reverse_iterator<iterator>;
	/// As std::map's.
	using const_reverse_iterator = std::reverse_iterator<const_iterator>;

	/// The outcome of inserting an entry
	struct insert_return_type {
		iterator position; ///< the entry, or the one that has its key already
		bool inserted;     ///< false if there is one with this key already
		node_type node;    ///< then the entry, else empty
	};

	OrderedBase(const OrderedBase &) = delete;
	OrderedBase &operator=(const OrderedBase &) = delete;

	/// Puts the entry in, unless there is one with its key. Allocates nothing, so nothing
	/// fails; BUG()s if there is no entry. Context: any.
	insert_return_type insert(node_type node)
	{
		auto [position, inserted, refused] = tree_.insert(std::move(node.node_));
		size_ += inserted ? 1 : 0;
		return {iterator{position}, inserted, node_type{std::move(refused)}};
	}

	/// Takes the entry at `position` out; BUG()s if that is end(). Context: any.
	[[nodiscard]] node_type extract(iterator position)
	{
		if (position == end()) [[unlikely]]
			bug(Traits::no_entry);
		Box<Node> node = tree_.extract(position.at_);
		--size_;
		return node_type{std::move(node)};
	}

	/// Takes the entry with the key `key` out: empty if there is none. Context: any.
	template <typename Other>
		requires(!std::is_same_v<Other, iterator> && !std::is_same_v<Other, const_iterator>)
	[[nodiscard]] node_type extract(const Other &key)
	{
		const iterator position = find(key);
		return position != end() ? extract(position) : node_type{};
	}

	/// Destroys the entry at `position`; BUG()s if that is end().
	/// \return the position behind it
	iterator erase(iterator position)
	{
		if (position == end()) [[unlikely]]
			bug(Traits::no_entry);
		const iterator next = std::next(position);
		(void)extract(position);
		return next;
	}

	/// Destroys the entry with the key `key`, if there is one.
	/// \return how many there were
	template <typename Other>
		requires(!std::is_same_v<Other, iterator> && !std::is_same_v<Other, const_iterator>)
	std::size_t erase(const Other &key)
	{
		return extract(key) ? 1 : 0;
	}

	/// Destroys the entries for which `keep` returns false.
	template <std::predicate<const Entry &> Predicate>
	void retain(Predicate keep)
	{
		for (iterator at = begin(); at != end();)
			at = keep(std::as_const(*at)) ? std::next(at) : erase(at);
	}

	/// Destroys all entries, in linear time.
	void clear() noexcept
	{
		size_ = 0;
		tree_.clear();
	}

	/// The entry with the key `key`, or end(). In logarithmic time, as all searches; `key` is
	/// of any type that Compare orders beside the keys.
	template <typename Other>
	[[nodiscard]] iterator find(const Other &key) KCXX_LIFETIMEBOUND
	{
		return iterator{tree_.find(key)};
	}
	/// The entry with the key `key`, or end().
	template <typename Other>
	[[nodiscard]] const_iterator find(const Other &key) const KCXX_LIFETIMEBOUND
	{
		return const_iterator{tree_.find(key)};
	}

	/// True if there is an entry with the key `key`.
	template <typename Other>
	[[nodiscard]] bool contains(const Other &key) const
	{
		return tree_.contains(key);
	}

	/// The first entry whose key is not below `key`, or end()
	template <typename Other>
	[[nodiscard]] iterator lower_bound(const Other &key) KCXX_LIFETIMEBOUND
	{
		return iterator{tree_.lower_bound(key)};
	}
	/// The first entry whose key is not below `key`, or end()
	template <typename Other>
	[[nodiscard]] const_iterator lower_bound(const Other &key) const KCXX_LIFETIMEBOUND
	{
		return const_iterator{tree_.lower_bound(key)};
	}

	/// The first entry whose key is above `key`, or end()
	template <typename Other>
	[[nodiscard]] iterator upper_bound(const Other &key) KCXX_LIFETIMEBOUND
	{
		return iterator{tree_.upper_bound(key)};
	}
	/// The first entry whose key is above `key`, or end()
	template <typename Other>
	[[nodiscard]] const_iterator upper_bound(const Other &key) const KCXX_LIFETIMEBOUND
	{
		return const_iterator{tree_.upper_bound(key)};
	}

	/// The number of entries.
	[[nodiscard]] std::size_t size() const noexcept { return size_; }
	/// True if there is no entry.
	[[nodiscard]] bool empty() const noexcept { return size_ == 0; }

	/// The entry with the smallest key, or end(); in logarithmic time.
	[[nodiscard]] iterator begin() noexcept KCXX_LIFETIMEBOUND
	{
		return iterator{tree_.begin()};
	}
	/// Behind the last entry.
	[[nodiscard]] iterator end() noexcept KCXX_LIFETIMEBOUND { return iterator{tree_.end()}; }
	/// The entry with the smallest key, or end().
	[[nodiscard]] const_iterator begin() const noexcept KCXX_LIFETIMEBOUND
	{
		return const_iterator{tree_.begin()};
	}
	/// Behind the last entry.
	[[nodiscard]] const_iterator end() const noexcept KCXX_LIFETIMEBOUND
	{
		return const_iterator{tree_.end()};
	}

	/// From the last entry to the first.
	[[nodiscard]] reverse_iterator rbegin() noexcept KCXX_LIFETIMEBOUND
	{
		return reverse_iterator{end()};
	}
	/// Before the first entry.
	[[nodiscard]] reverse_iterator rend() noexcept KCXX_LIFETIMEBOUND
	{
		return reverse_iterator{begin()};
	}
	/// From the last entry to the first.
	[[nodiscard]] const_reverse_iterator rbegin() const noexcept KCXX_LIFETIMEBOUND
	{
		return const_reverse_iterator{end()};
	}
	/// Before the first entry.
	[[nodiscard]] const_reverse_iterator rend() const noexcept KCXX_LIFETIMEBOUND
	{
		return const_reverse_iterator{begin()};
	}

protected:
	OrderedBase() noexcept = default;

	/// Takes over the entries of `other`, which is empty then.
	OrderedBase(OrderedBase &&other) noexcept
	    : tree_{std::move(other.tree_)}, size_{std::exchange(other.size_, 0)}
	{
	}

	/// Gives up its own entries, and takes over those of `other`.
	OrderedBase &operator=(OrderedBase &&other) noexcept
	{
		// The old entries are destroyed last: one of them may own `other`.
		OrderedBase incoming{std::move(other)};
		std::swap(tree_, incoming.tree_);
		std::swap(size_, incoming.size_);
		return *this;
	}

	~OrderedBase() = default;

	/// Makes an entry of `arguments`. Errors: ENOMEM. Context: as `flags` allow.
	template <typename... Arguments>
	[[nodiscard]] static Result<node_type> handle(Gfp flags, Arguments &&...arguments)
	{
		return node_type{
			KTRY(Box<Node>::make(flags, std::forward<Arguments>(arguments)...))};
	}

	/// Finds the entry with the key `key`, or makes one of `arguments`. Errors: ENOMEM; then
	/// nothing has changed. Context: as `flags` allow.
	template <typename Other, typename... Arguments>
	Result<std::pair<iterator, bool>> find_or_make(Gfp flags, const Other &key,
						       Arguments &&...arguments)
	{
		const auto place = tree_.insert_check(key);
		if (place.existing != tree_.end())
			return std::pair{iterator{place.existing}, false};
		auto node = KTRY(Box<Node>::make(flags, std::forward<Arguments>(arguments)...));
		++size_;
		return std::pair{iterator{tree_.insert_commit(std::move(node), place)}, true};
	}

private:
	Tree tree_;
	std::size_t size_ = 0;
};

} // namespace kernel
