// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Red-black trees of objects that hold their own node. C API: <linux/rbtree.h>.

#pragma once

#include <compare>
#include <concepts>
#include <cstddef>
#include <iterator>
#include <type_traits>
#include <utility>

#include <generated/bindings/containers/rb_tree.hpp>
#include <kernel/bug.hpp>
#include <kernel/containers/rb_tree_node.hpp>
#include <kernel/memory/box.hpp>
#include <kernel/types/functional.hpp>
#include <kernel/types/lifetime.hpp>

namespace kernel
{

namespace detail
{

/// Returns how `a` and `b` are ordered. `a` and `b` are compared once if they have an operator <=>
/// that takes longer than two comparisons of numbers.
template <typename Compare, typename A, typename B>
[[nodiscard]] constexpr std::weak_ordering order(const A &a, const B &b)
{
	static_assert(std::is_empty_v<Compare> && std::is_default_constructible_v<Compare>,
		      "kcxx-E1312: the order of keys has no state: a class without members whose "
		      "operator() "
		      "compares two keys");
	if constexpr (std::is_same_v<Compare, std::less<>> && !std::is_scalar_v<A> && requires {
			      { a <=> b } -> std::convertible_to<std::weak_ordering>;
		      })
		return a <=> b;
	else if (Compare{}(a, b))
		return std::weak_ordering::less;
	else if (Compare{}(b, a))
		return std::weak_ordering::greater;
	else
		return std::weak_ordering::equivalent;
}

} // namespace detail

/// A tree that keeps its objects in the order of their keys. T has RbTreeNode<Tag> as its base;
/// Key is a member of T or a function of it, which must not change while the object is in the
/// tree. The tree allocates nothing, so nothing fails: objects come in Owners, and go in Owners.
/// An Owner is a Box, or an Arc for objects that have several owners. Moves, does not copy; a
/// moved-from RbTree is empty. Its destructor gives the objects up.
///
///     kernel::RbTree<Extent, &Extent::start> extents;
///     auto [at, inserted, refused] =
///             extents.insert(KTRY(Box<Extent>::make(GFP_KERNEL, 4096, 512)));
///     for (const Extent &extent : extents)
///             pr_info("%ld\n", extent.start);
///     if (Extent *extent = extents.get(4096))
///             Box<Extent> removed = extents.remove(*extent);
///
/// A key of any type that Compare orders beside T's finds an object.
/// Iterators and references are valid until their object goes. An object's destructor must not
/// change the tree.
///
/// Context: any; an RbTree locks nothing: use SpinLock<RbTree<Extent, &Extent::start>>. Functions
/// that destroy objects: as the destructors.
template <typename T, auto Key, typename Compare = std::less<>, typename Owner = Box<T>,
	  typename Tag = void>
class [[nodiscard]] RbTree
{
	// SAFETY, of all calls of <linux/rbtree.h>: nodes and root are those of this tree, and
	// its callers let no other code change it meanwhile.
	using Node = RbTreeNode<Tag>;

	/// Goes from object to object, in order.
	template <typename Object>
	class Iterator
	{
	public:
		using value_type = T;
		using difference_type = std::ptrdiff_t;
		using reference = Object &;
		using pointer = Object *;
		using iterator_category = std::bidirectional_iterator_tag;

		Iterator() = default;

		template <typename Other>
			requires(std::is_same_v<const Other, Object>)
		Iterator(const Iterator<Other> &other) noexcept : root_{other.root_}, at_{other.at_}
		{
		}

		[[nodiscard]] Object &operator*() const noexcept { return object(at_); }
		[[nodiscard]] Object *operator->() const noexcept { return &object(at_); }

		Iterator &operator++() noexcept
		{
			at_ = bindings::rb_next(at_);
			return *this;
		}
		Iterator &operator--() noexcept
		{
			at_ = at_ != nullptr ? bindings::rb_prev(at_) : bindings::rb_last(root_);
			return *this;
		}
		Iterator operator++(int) noexcept
		{
			const Iterator before = *this;
			++*this;
			return before;
		}
		Iterator operator--(int) noexcept
		{
			const Iterator before = *this;
			--*this;
			return before;
		}

		friend bool operator==(const Iterator &a, const Iterator &b) noexcept
		{
			return a.at_ == b.at_;
		}

	private:
		friend RbTree;
		template <typename>
		friend class Iterator;

		Iterator(const ::rb_root *root, ::rb_node *at) noexcept : root_{root}, at_{at} {}

		const ::rb_root *root_ = nullptr;
		::rb_node *at_ = nullptr; // null: behind the last object
	};

public:
	/// As std::set's.
	using value_type = T;
	/// As std::set's: a bidirectional iterator.
	using iterator = Iterator<T>;
	/// As std::set's.
	using const_iterator = Iterator<const T>;
	/// As std::set's.
	using reverse_iterator = std::reverse_iterator<iterator>;
	/// As std::set's.
	using const_reverse_iterator = std::reverse_iterator<const_iterator>;

	/// The outcome of inserting an object
	struct Insertion {
		iterator position; ///< the object, or the one that has its key already
		bool inserted;     ///< false if there is one with this key already
		Owner refused;     ///< then the object, else empty
	};

	/// Where an object with a key would be: valid until the tree changes
	struct Place {
		iterator existing; ///< the object that has this key already, or end()

	private:
		friend RbTree;
		::rb_node *parent_;
		::rb_node **link_;
	};

	RbTree() noexcept = default;

	RbTree(const RbTree &) = delete;
	RbTree &operator=(const RbTree &) = delete;

	/// Takes over the objects of `other`, which is empty then.
	RbTree(RbTree &&other) noexcept : root_{std::exchange(other.root_.rb_node, nullptr)} {}

	/// Gives up its own objects, and takes over those of `other`.
	RbTree &operator=(RbTree &&other) noexcept
	{
		// The old objects are destroyed last: one of them may own `other`.
		RbTree incoming{std::move(other)};
		std::swap(root_.rb_node, incoming.root_.rb_node);
		return *this;
	}

	~RbTree() { clear(); }

	/// Puts the object in, unless there is one with its key. BUG()s if the Owner is empty or
	/// the object is in a tree already.
	Insertion insert(Owner object)
	{
		T &inserted = unlinked(object);
		const Place place = insert_check(key_of(inserted));
		if (place.existing != end())
			return {place.existing, false, std::move(object)};
		return {link(object, place.parent_, place.link_), true, Owner::adopt(nullptr)};
	}

	/// Puts the object behind those with the same key. BUG()s as insert().
	iterator insert_equal(Owner object)
	{
		T &inserted = unlinked(object);
		::rb_node *parent = nullptr;
		::rb_node **place = &root_.rb_node;
		while (*place != nullptr) {
			parent = *place;
			const auto order = detail::order<Compare>(key_of(inserted),
								  key_of(RbTree::object(parent)));
			place = order < 0 ? &parent->rb_left : &parent->rb_right;
		}
		return link(object, parent, place);
	}

	/// Finds the object with the key `key`, or the place for one: for insert_commit(). Thus an
	/// object is made only if it is needed.
	template <typename Other>
	[[nodiscard]] Place insert_check(const Other &key) KCXX_LIFETIMEBOUND
	{
		Place place;
		place.existing = end();
		place.parent_ = nullptr;
		place.link_ = &root_.rb_node;
		while (*place.link_ != nullptr) {
			place.parent_ = *place.link_;
			const auto order =
				detail::order<Compare>(key, key_of(RbTree::object(place.parent_)));
			if (order < 0) {
				place.link_ = &place.parent_->rb_left;
			} else if (order > 0) {
				place.link_ = &place.parent_->rb_right;
			} else {
				place.existing = iterator{&root_, place.parent_};
				break;
			}
		}
		return place;
	}

	/// Puts the object to the place that insert_check() found for its key. BUG()s as insert(),
	/// and if the place is taken.
	iterator insert_commit(Owner object, const Place &place)
	{
		(void)unlinked(object);
		if (*place.link_ != nullptr) [[unlikely]]
			bug("RbTree: insert_commit() to a place that is taken");
		return link(object, place.parent_, place.link_);
	}

	/// Takes `object` out, which is in this tree; BUG()s if it is in none. (An object in
	/// another tree is not detected.)
	Owner remove(T &object)
	{
		Node &node = object;
		if (!node.linked()) [[unlikely]]
			bug("RbTree: remove() of an object that is in none");
		bindings::rb_erase(&node.node_, &root_);
		node.node_.__rb_parent_color = Node::unlinked;
		return detail::owner_of<Owner>(&object); // the object that link() got
	}

	/// Takes the object at `position` out; BUG()s if that is end().
	Owner extract(iterator position)
	{
		if (position.at_ == nullptr) [[unlikely]]
			bug("RbTree: end() has no object to take out");
		return remove(*position);
	}

	/// Gives the object at `position` up; BUG()s if that is end().
	/// \return the position behind it
	iterator erase(iterator position)
	{
		const iterator next = position.at_ != nullptr ? std::next(position) : position;
		(void)extract(position);
		return next;
	}

	/// Takes the first object out: an empty Owner if there is none.
	[[nodiscard]] Owner pop_front()
	{
		return empty() ? Owner::adopt(nullptr) : remove(*begin());
	}
	/// Takes the last object out: an empty Owner if there is none.
	[[nodiscard]] Owner pop_back()
	{
		return empty() ? Owner::adopt(nullptr) : remove(*--end());
	}

	/// Gives up the objects for which `keep` returns false.
	template <std::predicate<const T &> Predicate>
	void retain(Predicate keep)
	{
		for (iterator at = begin(); at != end();)
			at = keep(std::as_const(*at)) ? std::next(at) : erase(at);
	}

	/// Gives all objects up, in linear time.
	void clear() noexcept
	{
		::rb_root old = {std::exchange(root_.rb_node, nullptr)};
		::rb_node *next = nullptr;
		for (auto *at = bindings::rb_first_postorder(&old); at != nullptr; at = next) {
			next = bindings::rb_next_postorder(at); // reads nothing of `at` later
			at->__rb_parent_color = Node::unlinked;
			(void)detail::owner_of<Owner>(&object(at));
		}
	}

	/// The object with the key `key`, or end(). In logarithmic time, as all searches.
	template <typename Other>
	[[nodiscard]] iterator find(const Other &key) KCXX_LIFETIMEBOUND
	{
		return {&root_, node_of(key)};
	}
	/// The object with the key `key`, or end().
	template <typename Other>
	[[nodiscard]] const_iterator find(const Other &key) const KCXX_LIFETIMEBOUND
	{
		return {&root_, node_of(key)};
	}

	/// The object with the key `key`, or null
	template <typename Other>
	[[nodiscard]] T *get(const Other &key) KCXX_LIFETIMEBOUND
	{
		::rb_node *node = node_of(key);
		return node != nullptr ? &object(node) : nullptr;
	}
	/// The object with the key `key`, or null
	template <typename Other>
	[[nodiscard]] const T *get(const Other &key) const KCXX_LIFETIMEBOUND
	{
		::rb_node *node = node_of(key);
		return node != nullptr ? &object(node) : nullptr;
	}

	/// True if there is an object with the key `key`.
	template <typename Other>
	[[nodiscard]] bool contains(const Other &key) const
	{
		return node_of(key) != nullptr;
	}

	/// The first object whose key is not below `key`, or end()
	template <typename Other>
	[[nodiscard]] iterator lower_bound(const Other &key) KCXX_LIFETIMEBOUND
	{
		return {&root_, first_not(key, [](auto order) { return order > 0; })};
	}
	/// The first object whose key is not below `key`, or end()
	template <typename Other>
	[[nodiscard]] const_iterator lower_bound(const Other &key) const KCXX_LIFETIMEBOUND
	{
		return {&root_, first_not(key, [](auto order) { return order > 0; })};
	}

	/// The first object whose key is above `key`, or end()
	template <typename Other>
	[[nodiscard]] iterator upper_bound(const Other &key) KCXX_LIFETIMEBOUND
	{
		return {&root_, first_not(key, [](auto order) { return order >= 0; })};
	}
	/// The first object whose key is above `key`, or end()
	template <typename Other>
	[[nodiscard]] const_iterator upper_bound(const Other &key) const KCXX_LIFETIMEBOUND
	{
		return {&root_, first_not(key, [](auto order) { return order >= 0; })};
	}

	/// True if no object is in the tree.
	[[nodiscard]] bool empty() const noexcept { return root_.rb_node == nullptr; }

	/// The object with the smallest key, or end(); in logarithmic time.
	[[nodiscard]] iterator begin() noexcept KCXX_LIFETIMEBOUND
	{
		return {&root_, bindings::rb_first(&root_)};
	}
	/// Behind the last object.
	[[nodiscard]] iterator end() noexcept KCXX_LIFETIMEBOUND { return {&root_, nullptr}; }
	/// The object with the smallest key, or end().
	[[nodiscard]] const_iterator begin() const noexcept KCXX_LIFETIMEBOUND
	{
		return {&root_, bindings::rb_first(&root_)};
	}
	/// Behind the last object.
	[[nodiscard]] const_iterator end() const noexcept KCXX_LIFETIMEBOUND
	{
		return {&root_, nullptr};
	}

	/// From the last object to the first.
	[[nodiscard]] reverse_iterator rbegin() noexcept KCXX_LIFETIMEBOUND
	{
		return reverse_iterator{end()};
	}
	/// Before the first object.
	[[nodiscard]] reverse_iterator rend() noexcept KCXX_LIFETIMEBOUND
	{
		return reverse_iterator{begin()};
	}
	/// From the last object to the first.
	[[nodiscard]] const_reverse_iterator rbegin() const noexcept KCXX_LIFETIMEBOUND
	{
		return const_reverse_iterator{end()};
	}
	/// Before the first object.
	[[nodiscard]] const_reverse_iterator rend() const noexcept KCXX_LIFETIMEBOUND
	{
		return const_reverse_iterator{begin()};
	}

private:
	[[nodiscard]] static T &object(::rb_node *node) noexcept
	{
		return static_cast<T &>(Node::of(node));
	}

	[[nodiscard]] static decltype(auto) key_of(const T &object)
	{
		return detail::invoke(Key, object);
	}

	/// The object of `owner`, which an Arc gives as const to others
	[[nodiscard]] static T &object_of(Owner &owner)
	{
		if constexpr (requires { owner.raw(); })
			return *owner.raw();
		else
			return *owner;
	}

	/// The object of `owner`; BUG()s if it is in a tree.
	[[nodiscard]] static T &unlinked(Owner &owner)
	{
		static_assert(
			std::derived_from<T, Node>,
			"kcxx-E1313: RbTree: the class has no public base kernel::RbTreeNode<Tag>");
		T &object = object_of(owner);
		if (static_cast<const Node &>(object).linked()) [[unlikely]]
			bug("RbTree: the object is in a tree already");
		return object;
	}

	iterator link(Owner &owner, ::rb_node *parent, ::rb_node **place)
	{
		::rb_node *node = &static_cast<Node &>(*detail::kept_by_c(std::move(owner))).node_;
		bindings::rb_link_node(node, parent, place);
		bindings::rb_insert_color(node, &root_);
		return {&root_, node};
	}

	template <typename Other>
	[[nodiscard]] ::rb_node *node_of(const Other &key) const
	{
		::rb_node *node = root_.rb_node;
		while (node != nullptr) {
			const auto order = detail::order<Compare>(key, key_of(object(node)));
			if (order < 0)
				node = node->rb_left;
			else if (order > 0)
				node = node->rb_right;
			else
				break;
		}
		return node;
	}

	/// The first object whose order after `key` is none that `before` returns true for
	template <typename Other, typename Before>
	[[nodiscard]] ::rb_node *first_not(const Other &key, Before before) const
	{
		::rb_node *first = nullptr;
		::rb_node *node = root_.rb_node;
		while (node != nullptr) {
			if (before(detail::order<Compare>(key, key_of(object(node))))) {
				node = node->rb_right;
			} else {
				first = node;
				node = node->rb_left;
			}
		}
		return first;
	}

	::rb_root root_{nullptr};
};

} // namespace kernel
