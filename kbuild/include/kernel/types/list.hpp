// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Lists that own their objects. C API: <linux/list.h>, which has only inline functions;
/// this header implements them again, and calls nothing.

#pragma once

#include <concepts>
#include <cstddef>
#include <iterator>
#include <type_traits>
#include <utility>

#include <generated/bindings/types/list.hpp>
#include <kernel/bug.hpp>
#include <kernel/memory/box.hpp>
#include <kernel/types/lifetime.hpp>

namespace kernel
{

template <typename T>
class List;

/// The base of classes whose objects can be in a List. An object is in one list at most, and
/// stays where it is: it neither copies nor moves. BUG()s if an object is destroyed while it is
/// in a list.
///
///     struct Request : kernel::ListNode {
///             explicit Request(int sector) : sector{sector} {}
///             int sector;
///     };
class ListNode
{
public:
	ListNode(const ListNode &) = delete;
	ListNode &operator=(const ListNode &) = delete;

	/// True if the object is in a list. Context: any in which no other code changes the
	/// list.
	[[nodiscard]] bool linked() const noexcept { return next_ != nullptr; }

protected:
	ListNode() = default;

	~ListNode()
	{
		if (linked()) [[unlikely]]
			bug("List: an object was destroyed in its list");
	}

private:
	template <typename T>
	friend class List;

	/// Tag of a node in a list of its own: the beginning and end of a List
	struct Head {
	};
	explicit ListNode(Head /*head*/) noexcept : next_{this}, prev_{this} {}

	/// Puts `node` before this one, which is in a list.
	void insert(ListNode &node)
	{
		if (node.linked()) [[unlikely]]
			bug("List: the object is in a list already");
		check();
		node.next_ = this;
		node.prev_ = prev_;
		prev_->next_ = &node;
		prev_ = &node;
	}

	/// Takes the node out of its list.
	void unlink()
	{
		check();
		prev_->next_ = next_;
		next_->prev_ = prev_;
		next_ = nullptr;
		prev_ = nullptr;
	}

	/// Checks that the neighbours agree, as C does if the kernel is configured so
	void check() const
	{
#if defined(CONFIG_LIST_HARDENED) || defined(CONFIG_DEBUG_LIST)
		if (prev_->next_ != this || next_->prev_ != this) [[unlikely]]
			bug("List: corrupted");
#endif
	}

	// The members of struct list_head
	ListNode *next_ = nullptr;
	ListNode *prev_ = nullptr;
};
static_assert(sizeof(ListNode) == sizeof(::list_head) && std::is_standard_layout_v<ListNode>);

/// A doubly linked list that owns its objects, whose class has ListNode as its base. The list
/// allocates nothing, so nothing fails: objects come in Boxes, and go in Boxes. Moves, does not
/// copy; a moved-from List is empty. Its destructor destroys the objects.
///
///     kernel::List<Request> queue;
///     queue.push_back(KTRY(Box<Request>::make(GFP_KERNEL, 7)));
///     for (const Request &request : queue)
///             pr_info("sector %d\n", request.sector);
///     while (auto request = queue.pop_front())
///             serve(*request);
///
/// A loop that removes its current object goes on at what erase() returns; retain() is such a
/// loop.
///
/// Context: any; List locks nothing: use SpinLock<List<Request>>. Functions that destroy
/// objects: as the destructors.
template <typename T>
class [[nodiscard]] List
{
	/// Goes from object to object.
	template <typename Object>
	class Iterator
	{
	public:
		/// As std::list's.
		using value_type = T;
		using difference_type = std::ptrdiff_t;
		using reference = Object &;
		using pointer = Object *;
		using iterator_category = std::bidirectional_iterator_tag;

		Iterator() = default;

		/// An iterator becomes one of constant objects.
		template <typename Other>
			requires std::is_same_v<const Other, Object>
		Iterator(const Iterator<Other> &other) noexcept : at_{other.at_}
		{
		}

		[[nodiscard]] Object &operator*() const noexcept { return object(*at_); }
		[[nodiscard]] Object *operator->() const noexcept { return &object(*at_); }

		Iterator &operator++() noexcept
		{
			at_ = at_->next_;
			return *this;
		}

		Iterator &operator--() noexcept
		{
			at_ = at_->prev_;
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
		friend List;
		template <typename>
		friend class Iterator;

		explicit Iterator(ListNode *at) noexcept : at_{at} {}

		ListNode *at_ = nullptr;
	};

public:
	/// As std::list's.
	using value_type = T;
	/// As std::list's: a bidirectional iterator.
	using iterator = Iterator<T>;
	/// As std::list's.
	using const_iterator = Iterator<const T>;
	/// As std::list's.
	using reverse_iterator = std::reverse_iterator<iterator>;
	/// As std::list's.
	using const_reverse_iterator = std::reverse_iterator<const_iterator>;

	List() noexcept : head_{ListNode::Head{}} {}

	List(const List &) = delete;
	List &operator=(const List &) = delete;

	/// Takes over the objects of `other`, which is empty then.
	List(List &&other) noexcept : head_{ListNode::Head{}} { take(other, head_); }

	/// Gives up its own objects, and takes over those of `other`.
	List &operator=(List &&other) noexcept
	{
		// The old objects are destroyed last: one of them may own `other`.
		List incoming{std::move(other)};
		const List old{std::move(*this)};
		take(incoming, head_);
		return *this;
	}

	~List()
	{
		clear();
		head_.unlink();
	}

	/// Appends the object, or puts it first; BUG()s if the Box is empty.
	/// \return the object, in the list
	T &push_back(Box<T> object) { return insert_before(head_, std::move(object)); }
	/// Like push_back(), at the front.
	T &push_front(Box<T> object) { return insert_before(*head_.next_, std::move(object)); }

	/// Puts the object before `place`, which is in this list.
	T &insert(T &place, Box<T> object)
	{
		ListNode &node = place;
		if (!node.linked()) [[unlikely]]
			bug("List: insert() before an object that is in none");
		return insert_before(node, std::move(object));
	}

	/// Takes the first object out, or the last: an empty Box if there is none.
	[[nodiscard]] Box<T> pop_front() { return empty() ? none() : unlinked(*head_.next_); }
	/// Like pop_front(), at the back.
	[[nodiscard]] Box<T> pop_back() { return empty() ? none() : unlinked(*head_.prev_); }

	/// Takes `object` out, which is in this list; BUG()s if it is in none. (An object in
	/// another list is not detected: it is taken out of that list.)
	Box<T> remove(T &object)
	{
		ListNode &node = object;
		if (!node.linked()) [[unlikely]]
			bug("List: remove() of an object that is in none");
		return unlinked(node);
	}

	/// Puts the object before `position`, an iterator of this list. BUG()s if the Box is empty.
	/// \return the object, in the list
	iterator insert(const_iterator position, Box<T> object)
	{
		ListNode &inserted = insert_before(*position.at_, std::move(object));
		return iterator{&inserted};
	}

	/// Takes the object at `position` out; BUG()s if that is end().
	[[nodiscard]] Box<T> extract(const_iterator position)
	{
		if (position.at_ == &head_) [[unlikely]]
			bug("List: end() has no object to take out");
		return unlinked(*position.at_);
	}

	/// Destroys the object at `position`; BUG()s if that is end().
	/// \return the position behind it
	iterator erase(const_iterator position)
	{
		ListNode *next = position.at_->next_;
		(void)extract(position);
		return iterator{next};
	}

	/// Appends all of `other`, which is empty then. In constant time.
	void splice(List &&other) noexcept
	{
		List incoming{std::move(other)}; // it may be this one
		take(incoming, head_);
	}

	/// Puts all of `other` before `position`, an iterator of this list, which is not `other`.
	/// `other` is empty then. In constant time.
	// NOLINTNEXTLINE(*-rvalue-reference-param-not-moved): take() empties it
	void splice(const_iterator position, List &&other)
	{
		if (&other == this) [[unlikely]]
			bug("List: splice() of a list into itself");
		take(other, *position.at_);
	}

	/// Destroys the objects for which `keep` returns false.
	template <std::predicate<const T &> Predicate>
	void retain(Predicate keep)
	{
		for (iterator at = begin(); at != end();)
			at = keep(std::as_const(*at)) ? std::next(at) : erase(at);
	}

	/// Destroys all.
	void clear() noexcept
	{
		while (!empty())
			(void)pop_front();
	}

	/// The first object, or the last: null if there is none
	[[nodiscard]] T *front() KCXX_LIFETIMEBOUND
	{
		return empty() ? nullptr : &object(*head_.next_);
	}
	/// The first object, or null.
	[[nodiscard]] const T *front() const KCXX_LIFETIMEBOUND
	{
		return empty() ? nullptr : &object(*head_.next_);
	}
	/// The last object, or null.
	[[nodiscard]] T *back() KCXX_LIFETIMEBOUND
	{
		return empty() ? nullptr : &object(*head_.prev_);
	}
	/// The last object, or null.
	[[nodiscard]] const T *back() const KCXX_LIFETIMEBOUND
	{
		return empty() ? nullptr : &object(*head_.prev_);
	}

	/// True if no object is in the list.
	[[nodiscard]] bool empty() const noexcept { return head_.next_ == &head_; }

	/// For range-based for.
	[[nodiscard]] iterator begin() noexcept KCXX_LIFETIMEBOUND { return iterator{head_.next_}; }
	/// For range-based for.
	[[nodiscard]] iterator end() noexcept KCXX_LIFETIMEBOUND { return iterator{&head_}; }
	/// For range-based for.
	[[nodiscard]] const_iterator begin() const noexcept KCXX_LIFETIMEBOUND
	{
		return const_iterator{head_.next_};
	}
	/// For range-based for.
	[[nodiscard]] const_iterator end() const noexcept KCXX_LIFETIMEBOUND
	{
		return const_iterator{&head_};
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
	[[nodiscard]] static T &object(ListNode &node) noexcept { return static_cast<T &>(node); }

	[[nodiscard]] static Box<T> none() noexcept { return Box<T>::adopt(nullptr); }

	[[nodiscard]] static Box<T> unlinked(ListNode &node)
	{
		node.unlink();
		return detail::owner_of<Box<T>>(
			&object(node)); // the object that insert_before() got
	}

	static T &insert_before(ListNode &place, Box<T> object)
	{
		// The check stands here, because T may be incomplete before: a tree's nodes
		// hold a List of nodes.
		static_assert(std::derived_from<T, ListNode>,
			      "kcxx-E1484: List: the class has no public base kernel::ListNode");
		T &inserted = *object;
		place.insert(inserted);
		return *detail::kept_by_c(std::move(object));
	}

	/// Puts all of `other`, which is another list, before `place`.
	static void take(List &other, ListNode &place) noexcept
	{
		if (other.empty())
			return;
		ListNode &first = *other.head_.next_;
		ListNode &last = *other.head_.prev_;
		other.head_.next_ = &other.head_;
		other.head_.prev_ = &other.head_;
		first.prev_ = place.prev_;
		place.prev_->next_ = &first;
		last.next_ = &place;
		place.prev_ = &last;
	}

	mutable ListNode head_; // where iterators end, of a const List too
};

} // namespace kernel
