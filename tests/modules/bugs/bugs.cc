// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Mistakes that end in a BUG. /dev/kcxx_bug makes the one whose name is written to it, in the
/// task that writes.

#include <array>
#include <cassert>
#include <cstdlib>
#include <exception>
#include <expected>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <variant>

#include <kernel/containers.hpp>
#include <kernel/list.hpp>
#include <kernel/locked_by.hpp>
#include <kernel/mutex.hpp>
#include <kernel/page.hpp>
#include <kernel/percpu.hpp>
#include <kernel/prelude.hpp>
#include <kernel/slab_cache.hpp>
#include <kernel/sync.hpp>
#include <kernel/workqueue.hpp>

#include "containers.hpp"
#include "mistakes.hpp"

MODULE_LICENSE("GPL");

using namespace kernel;

namespace
{

Result<> vec_index()
{
	Vec<int> v;
	pr_info("%d\n", v[3]);
	return {};
}

Result<> vec_pop()
{
	Vec<int> v;
	v.pop();
	return {};
}

Result<> box_moved_from()
{
	auto a = KTRY(Box<int>::make(GFP_KERNEL, 1));
	auto b = std::move(a);
	pr_info("%d\n", *a + *b);
	return {};
}

[[gnu::noipa]] int at(std::span<const int> s, unsigned i)
{
	return s[i];
}

Result<> std_span_index()
{
	int three[] = {1, 2, 3};
	pr_info("%d\n", at(three, 3));
	return {};
}

[[gnu::noipa]] int element(const std::array<int, 3> &a, unsigned i)
{
	return a[i];
}

Result<> std_array_index()
{
	pr_info("%d\n", element({1, 2, 3}, 3));
	return {};
}

[[gnu::noipa]] int front(const std::array<int, 3> &a, unsigned from)
{
	return std::span{a}.subspan(from).front();
}

Result<> std_span_of_nothing()
{
	pr_info("%d\n", front({1, 2, 3}, 3));
	return {};
}

[[gnu::noipa]] int of(std::optional<int> o)
{
	return o.value();
}

Result<> std_optional_value()
{
	pr_info("%d\n", of({}));
	return {};
}

[[gnu::noipa]] int at_of_array(const std::array<int, 3> &a, unsigned i)
{
	return a.at(i);
}

Result<> std_array_at()
{
	pr_info("%d\n", at_of_array({1, 2, 3}, 3));
	return {};
}

[[gnu::noipa]] std::size_t behind(std::string_view text, unsigned from)
{
	return text.substr(from).size();
}

Result<> std_string_view_substr()
{
	pr_info("%zu\n", behind("abc", 4));
	return {};
}

[[gnu::noipa]] int number_in(const std::variant<int, char> &v)
{
	return std::get<int>(v);
}

Result<> std_variant_get()
{
	pr_info("%d\n", number_in('a'));
	return {};
}

[[gnu::noipa]] int expected_of(const std::expected<int, char> &e)
{
	return e.value();
}

Result<> std_expected_value()
{
	pr_info("%d\n", expected_of(std::unexpected('a')));
	return {};
}

[[gnu::noipa]] char letter(std::string_view text, unsigned i)
{
	return text[i];
}

Result<> std_string_view_index()
{
	pr_info("%d\n", letter("abc", 3));
	return {};
}

[[gnu::noipa]] int content(const std::optional<int> &o)
{
	return *o;
}

Result<> std_optional_dereferenced()
{
	pr_info("%d\n", content({}));
	return {};
}

[[gnu::noipa]] void asserted(int number)
{
	assert(number == 3);
}

Result<> std_assert()
{
	asserted(4);
	return {};
}

[[gnu::noipa]] void gives_up(bool ever)
{
	if (ever)
		std::abort();
}

Result<> std_abort()
{
	gives_up(true);
	return {};
}

[[gnu::noipa]] void ends(bool ever)
{
	if (ever)
		std::terminate();
}

Result<> std_terminate()
{
	ends(true);
	return {};
}

struct Base {
	Base() { hidden(this); }
	virtual ~Base() = default;
	virtual int f() = 0;
	[[gnu::noipa, gnu::optimize("no-devirtualize")]] static void hidden(Base *b)
	{
		pr_info("%d\n", b->f());
	}
};

struct Real : Base {
	int f() override { return 1; }
};

Result<> pure_virtual_call()
{
	Real real;
	return {};
}

struct Owner {
	virtual ~Owner() = default;
};

struct Owned : Owner {
};

[[gnu::noipa, gnu::optimize("no-devirtualize", "no-devirtualize-speculatively")]] void
destroy(Owner *b)
{
	delete b;
}

Result<> delete_expression()
{
	auto real = KTRY(Box<Owned>::make(GFP_KERNEL));
	destroy(std::move(real).release().to_raw());
	return {};
}

Result<> arc_moved_from()
{
	auto a = KTRY(Arc<int>::make(GFP_KERNEL, 1));
	auto b = std::move(a);
	auto c = a.clone();
	CHECK(b == c);
	return {};
}

Result<> percpu_moved_from()
{
	auto a = KTRY(PerCpu<int>::make(GFP_KERNEL, 1));
	auto b = std::move(a);
	CHECK(*a.this_cpu() == *b.this_cpu());
	return {};
}

/// A second owner of an object that has one
template <typename T>
Box<T> adopted(T &object)
{
	return Box<T>::adopt(Released<Box<T>>::from_raw(&object));
}

Result<> list_twice()
{
	List<Item> a;
	List<Item> b;
	Item &i = a.push_back(KTRY(Box<Item>::make(GFP_KERNEL, 1)));
	b.push_back(adopted(i));
	return {};
}

Result<> list_object_destroyed()
{
	List<Item> a;
	Item &i = a.push_back(KTRY(Box<Item>::make(GFP_KERNEL, 1)));
	{
		auto b = adopted(i);
	}
	return {};
}

Result<> list_remove_twice()
{
	List<Item> a = KTRY(listing(2));
	auto i = a.remove(*a.front());
	(void)a.remove(*i).release().to_raw();
	return {};
}

Result<> list_erases_its_end()
{
	List<Item> a = KTRY(listing(2));
	a.erase(a.end());
	return {};
}

Result<> list_spliced_into_itself()
{
	List<Item> a = KTRY(listing(2));
	a.splice(a.begin(), std::move(a));
	return {};
}

Result<> page_moved_from()
{
	auto a = KTRY(Page::make(GFP_KERNEL));
	auto b = std::move(a);
	KTRY(a.zero());
	KTRY(b.zero());
	return {};
}

Result<> percpu_without_such_a_cpu()
{
	auto a = KTRY(PerCpu<Atomic<int>>::make(GFP_KERNEL, 1));
	a.of(100000).set(3);
	return {};
}

Result<> result_without_an_error()
{
	Result<> good;
	CHECK(good.error() == EIO);
	return {};
}

Result<> slab_object_moved_from()
{
	auto c = KTRY(SlabCache<int>::make("c"));
	auto a = KTRY(c.alloc(GFP_KERNEL, 1));
	auto b = std::move(a);
	CHECK(*b == 1);
	*a = 3;
	return {};
}

Result<> string_index()
{
	auto a = KTRY(String::from("abc", GFP_KERNEL));
	CHECK(a[2] == 'c');
	CHECK(a[3] == 0);
	return {};
}

Result<> vec_insert()
{
	std::size_t at = 1;
	asm volatile("" : "+r"(at));
	Vec<int> v;
	KTRY(v.insert(at, 1, GFP_KERNEL));
	return {};
}

Result<> vec_remove()
{
	Vec<int> v;
	KTRY(v.push(1, GFP_KERNEL));
	CHECK(v.remove(1) == 0);
	return {};
}

Result<> copy_without_room()
{
	std::array<int, 2> few{};
	kernel::copy(std::array{1, 2, 3}, few);
	return {};
}

Result<> ring_buffer_index()
{
	auto ring = KTRY(RingBuffer<int>::with_capacity(2, GFP_KERNEL));
	KTRY(ring.push_back(1));
	CHECK(ring[0] == 1);
	CHECK(ring[1] == 0);
	return {};
}

Result<> ring_buffer_without_room()
{
	RingBuffer<int> ring;
	(void)ring.force_push_back(1);
	return {};
}

Result<> deque_index()
{
	Deque<int> deque;
	pr_info("%d\n", deque[0]);
	return {};
}

Result<> small_vec_index()
{
	SmallVec<int, 4> vec;
	pr_info("%d\n", vec[0]);
	return {};
}

Result<> small_vec_pop()
{
	SmallVec<int, 4> vec;
	vec.pop();
	return {};
}

Result<> small_vec_insert()
{
	std::size_t at = 1;
	asm volatile("" : "+r"(at));
	SmallVec<int, 4> vec;
	KTRY(vec.insert(at, 1, GFP_KERNEL));
	return {};
}

struct Leaf : RbTreeNode<> {
	explicit Leaf(int k) : key{k} {}
	const int key;
};
using Leaves = RbTree<Leaf, &Leaf::key>;

Result<> rb_tree_twice()
{
	Leaves a;
	Leaves b;
	auto inserted = a.insert(KTRY(Box<Leaf>::make(GFP_KERNEL, 1)));
	(void)b.insert(adopted(*inserted.position));
	return {};
}

Result<> rb_tree_object_destroyed()
{
	Leaves a;
	auto inserted = a.insert(KTRY(Box<Leaf>::make(GFP_KERNEL, 1)));
	{
		auto b = adopted(*inserted.position);
	}
	return {};
}

Result<> rb_tree_remove_twice()
{
	Leaves a;
	(void)a.insert(KTRY(Box<Leaf>::make(GFP_KERNEL, 1)));
	auto removed = a.remove(*a.begin());
	(void)a.remove(*removed).release().to_raw();
	return {};
}

Result<> rb_tree_place_taken()
{
	Leaves a;
	(void)a.insert(KTRY(Box<Leaf>::make(GFP_KERNEL, 1)));
	const auto place = a.insert_check(2);
	a.insert_commit(KTRY(Box<Leaf>::make(GFP_KERNEL, 2)), place);
	a.insert_commit(KTRY(Box<Leaf>::make(GFP_KERNEL, 2)), place);
	return {};
}

Result<> rb_tree_erases_its_end()
{
	Leaves a;
	a.erase(a.end());
	return {};
}

Result<> hash_map_erases_its_end()
{
	HashMap<int, int> map;
	KTRY(map.insert(1, 2, GFP_KERNEL));
	map.erase(map.end());
	return {};
}

Result<> map_erases_its_end()
{
	Map<int, int> map;
	KTRY(map.insert(1, 2, GFP_KERNEL));
	map.erase(map.end());
	return {};
}

Result<> map_node_moved_from()
{
	auto node = KTRY((Map<int, int>::make_node(GFP_KERNEL, 1, 2)));
	Map<int, int> map;
	CHECK(map.insert(std::move(node)).inserted);
	CHECK(node.key() == 1);
	return {};
}

Result<> another_lock()
{
	Mutex<int> lock{LOCK_CLASS("kcxx lock")};
	Mutex<int> other{LOCK_CLASS("kcxx other")};
	LockedBy<int, Mutex<int>> data{lock};
	auto guard = other.lock();
	data.access(guard) = 1;
	return {};
}

void use(Mutex<int> &lock)
{
	auto guard = lock.try_lock();
	++*guard;
}

Result<> not_held()
{
	Mutex<int> lock{LOCK_CLASS("kcxx held lock")};
	auto guard = lock.lock();
	use(lock);
	return {};
}

struct Waits {
	void run() { work.cancel(); }

	Work<&Waits::run> work{LOCK_CLASS("kcxx work"), *this};
};

// The BUG is the worker's: the task that writes waits for ever.
Result<> work_waits_for_itself()
{
	Waits waits;
	(void)waits.work.queue();
	waits.work.flush();
	return {};
}

constexpr Behaviour mistakes[] = {
	MISTAKE(vec_index),
	MISTAKE(vec_pop),
	MISTAKE(box_moved_from),
	MISTAKE(std_array_index),
	MISTAKE(std_span_index),
	MISTAKE(std_span_of_nothing),
	MISTAKE(std_optional_value),
	MISTAKE(std_array_at),
	MISTAKE(std_string_view_substr),
	MISTAKE(std_variant_get),
	MISTAKE(std_expected_value),
	MISTAKE(std_string_view_index),
	MISTAKE(std_optional_dereferenced),
	MISTAKE(std_assert),
	MISTAKE(std_abort),
	MISTAKE(std_terminate),
	MISTAKE(pure_virtual_call),
	MISTAKE(delete_expression),
	MISTAKE(arc_moved_from),
	MISTAKE(percpu_moved_from),
	MISTAKE(list_twice),
	MISTAKE(list_object_destroyed),
	MISTAKE(list_remove_twice),
	MISTAKE(list_erases_its_end),
	MISTAKE(list_spliced_into_itself),
	MISTAKE(page_moved_from),
	MISTAKE(percpu_without_such_a_cpu),
	MISTAKE(result_without_an_error),
	MISTAKE(slab_object_moved_from),
	MISTAKE(string_index),
	MISTAKE(vec_insert),
	MISTAKE(vec_remove),
	MISTAKE(copy_without_room),
	MISTAKE(ring_buffer_index),
	MISTAKE(ring_buffer_without_room),
	MISTAKE(deque_index),
	MISTAKE(small_vec_index),
	MISTAKE(small_vec_pop),
	MISTAKE(small_vec_insert),
	MISTAKE(rb_tree_twice),
	MISTAKE(rb_tree_object_destroyed),
	MISTAKE(rb_tree_remove_twice),
	MISTAKE(rb_tree_place_taken),
	MISTAKE(rb_tree_erases_its_end),
	MISTAKE(hash_map_erases_its_end),
	MISTAKE(map_erases_its_end),
	MISTAKE(map_node_moved_from),
	MISTAKE(another_lock),
	MISTAKE(not_held),
	MISTAKE(work_waits_for_itself),
};

struct Bugs {
	static Result<Bugs> init(ThisModule & /*self*/)
	{
		return Bugs{KTRY(MiscDevice<Mistake<mistakes>>::make("kcxx_bug", 0200))};
	}

	MiscDevice<Mistake<mistakes>> file;
};

} // namespace

KERNEL_MODULE(Bugs);
