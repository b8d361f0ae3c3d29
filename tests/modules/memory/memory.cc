// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Result, Box, Vec, String, Arc, List, Page, PerCpu and SlabCache, and what becomes of them when
/// memory runs out.

#include <array>
#include <cstddef>
#include <initializer_list>
#include <span>
#include <type_traits>
#include <utility>

#include <kernel/list.hpp>
#include <kernel/module_param.hpp>
#include <kernel/page.hpp>
#include <kernel/percpu.hpp>
#include <kernel/prelude.hpp>
#include <kernel/safe.hpp>
#include <kernel/slab_cache.hpp>
#include <kernel/sync.hpp>
#include <kernel/types/endian.hpp>
#include <kernel/types/function_ref.hpp>
#include <kernel/types/scope_guard.hpp>

#include "behaviours.hpp"
#include "containers.hpp"
#include "fail_in_turn.hpp"

MODULE_LICENSE("GPL");

using namespace kernel;

namespace
{

// Result

Result<> result_of_nothing_is_an_expected_in_an_int()
{
	Result<> good;
	Result<> bad = std::unexpected(EIO);
	CHECK(sizeof(good) == sizeof(int) && good && good.has_value() && !bad &&
	      bad.error() == EIO);
	CHECK(good != bad && good == Result<>{} && bad == std::unexpected(EIO) &&
	      bad != std::unexpected(EPERM));
	CHECK(good.error_or(EPERM) == EPERM && bad.error_or(EPERM) == EIO);
	auto seven = [] { return Result<int>{7}; };
	CHECK(*good.and_then(seven) == 7 && bad.and_then(seven).error() == EIO);
	auto three = [] { return 3; };
	CHECK(*good.transform(three) == 3 && bad.transform(three).error() == EIO);
	auto forgive = [](Error error) {
		return error == EIO ? Result<>{} : Result<>{std::unexpected(error)};
	};
	CHECK(bad.or_else(forgive) && !Result<>{std::unexpected(EPERM)}.or_else(forgive));
	const std::expected<void, Error> standard = std::unexpected(EBUSY);
	CHECK(Result<>{standard}.error() == EBUSY);
	return {};
}

// ScopeGuard

Result<> fails_or_not(bool fails, int &undone)
{
	ScopeGuard undo{[&undone] { ++undone; }};
	if (fails)
		return EIO;
	undo.dismiss();
	return {};
}

Result<> scope_guard_runs_unless_dismissed()
{
	int undone = 0;
	CHECK(fails_or_not(false, undone) && undone == 0);
	CHECK(fails_or_not(true, undone).error() == EIO && undone == 1);
	return {};
}

// FunctionRef

[[gnu::noinline]] int sum_of(FunctionRef<int(int)> f)
{
	return f(1) + f(2);
}

int doubled(int number)
{
	return 2 * number;
}

Result<> function_ref_calls_what_it_refers_to()
{
	int calls = 0;
	CHECK(sum_of(doubled) == 6 && sum_of(&doubled) == 6);
	CHECK(sum_of([&calls](int number) { return ++calls, number; }) == 3 && calls == 2);
	auto counts = [n = 0](long number) mutable { return n += static_cast<int>(number); };
	CHECK(sum_of(counts) > 0 && counts(0) == 3);
	const auto thrice = [](int number) { return 3 * number; };
	const FunctionRef<int(int)> first = thrice;
	FunctionRef<int(int)> second = doubled;
	second = first;
	CHECK(second(5) == 15 && sum_of(second) == 9);
	const auto keep = [&calls](Box<int> box) { calls = *box; };
	const FunctionRef<void(Box<int>)> takes = keep;
	takes(KTRY(Box<int>::make(GFP_KERNEL, 7)));
	CHECK(calls == 7);
	static_assert(!std::is_constructible_v<FunctionRef<int(int)>, int (*)(int *)>);
	static_assert(!std::is_constructible_v<FunctionRef<int(int)>, int>);
	static_assert(sizeof(second) == 2 * sizeof(void *));
	return {};
}

// Box

Result<> box_takes_a_part_of_what_it_owned()
{
	Box<Node> list = KTRY(Box<Node>::make(GFP_KERNEL, 1));
	list->next = KTRY(Box<Node>::make(GFP_KERNEL, 2));
	list->next->next = KTRY(Box<Node>::make(GFP_KERNEL, 3));
	list = std::move(list->next);
	CHECK(alive == 2 && list->counted.value == 2 && list->next->counted.value == 3);
	return {};
}

Result<> box_moved_to_itself_keeps_its_object()
{
	Box<Counted> box = KTRY(Box<Counted>::make(GFP_KERNEL, 1));
	Box<Counted> &same = box;
	box = std::move(same);
	CHECK(box && box->value == 1 && alive == 1);
	return {};
}

Result<> box_released_is_adopted_again()
{
	Box<Derived> box = KTRY(Box<Derived>::make(GFP_KERNEL, 1));
	Counted *raw = std::move(box).release().to_raw();
	CHECK(!box && alive == 1);
	Box<Counted> again = Box<Counted>::adopt(Released<Box<Counted>>::from_raw(raw));
	CHECK(again->twice() == 200 && alive == 1);
	return {};
}

Result<> box_released_is_adopted_once()
{
	Box<Counted> box = KTRY(Box<Counted>::make(GFP_KERNEL, 1));
	auto released = std::move(box).release();
	Box<Counted> first = Box<Counted>::adopt(std::move(released));
	KCXX_UNSAFE("the second adoption gets nothing")
	{
		const auto second =
			Box<Counted>::adopt(std::move(released)); // NOLINT(bugprone-use-after-move)
		CHECK(first && !second && alive == 1);
	}
	return {};
}

Result<> box_released_ends_without_an_owner()
{
	{
		auto released = KTRY(Box<Counted>::make(GFP_KERNEL, 1)).release();
		CHECK(alive == 1);
	}
	CHECK(alive == 0);
	return {};
}

Result<> box_of_numbers_begins_with_zeros()
{
	using Numbers = std::array<std::array<u32, 16>, 3>;
	for (int turn = 0; turn < 4; ++turn) { // memory that was just freed comes again
		auto numbers = KTRY(Box<Numbers>::make(GFP_KERNEL));
		for (auto &row : *numbers) {
			for (u32 &number : row)
				CHECK(std::exchange(number, 0xffffffff) == 0);
		}
		CHECK(*KTRY(Box<u64>::make(GFP_KERNEL)) == 0 &&
		      *KTRY(Box<u64>::make(GFP_KERNEL, ~0ULL)) == ~0ULL);
	}
	return {};
}

Result<> box_holds_what_cannot_move()
{
	Box<Fixed> box = KTRY(Box<Fixed>::make(GFP_KERNEL, 5));
	Box<Fixed> other = std::move(box);
	CHECK(other->self == &*other && other->value == 5);
	return {};
}

Result<> box_aligns_what_is_aligned_to_its_size()
{
	Box<Line> a = KTRY(Box<Line>::make(GFP_KERNEL, 5));
	Box<Line> b = KTRY(Box<Line>::make(GFP_KERNEL, 5));
	CHECK(aligned(&*a, 64) && aligned(&*b, 64));
	return {};
}

// Vec

Result<> vec_takes_a_part_of_what_it_held()
{
	Vec<Tree> tree;
	KTRY(tree.emplace(GFP_KERNEL, 1));
	KTRY(tree[0].children.emplace(GFP_KERNEL, 2));
	KTRY(tree[0].children.emplace(GFP_KERNEL, 3));
	tree = std::move(tree[0].children);
	CHECK(alive == 2 && tree.size() == 2 && tree[1].counted.value == 3);
	return {};
}

Result<> vec_extends_by_copies_and_by_its_own_elements()
{
	Vec<Counted> vec = KTRY(counting(3));
	KTRY(vec.extend(vec, GFP_KERNEL));
	KTRY(vec.extend(std::span<const Counted>{vec.data() + 4, 2}, GFP_KERNEL));
	KTRY(vec.extend({}, GFP_KERNEL));
	CHECK(holds(vec, {0, 1, 2, 0, 1, 2, 1, 2}) && alive == 8);
	const int more[] = {7, 8};
	Vec<int> numbers;
	KTRY(numbers.extend(more, GFP_KERNEL));
	CHECK(numbers.size() == 2 && numbers[1] == 8);
	return {};
}

Result<> vec_inserts_at_either_end_and_between()
{
	Vec<Counted> vec;
	KTRY(vec.insert(0, Counted{1}, GFP_KERNEL));
	KTRY(vec.insert(0, Counted{2}, GFP_KERNEL));
	KTRY(vec.insert(2, 3, GFP_KERNEL));
	KTRY(vec.insert(1, vec[2], GFP_KERNEL));
	CHECK(holds(vec, {2, 3, 1, 3}) && alive == 4);
	return {};
}

Result<> vec_removes_and_closes_the_gap()
{
	Vec<Counted> vec = KTRY(counting(5));
	CHECK(vec.remove(1).value == 1);
	CHECK(holds(vec, {0, 2, 3, 4}) && alive == 4);
	CHECK(vec.remove(3).value == 4 && vec.swap_remove(0).value == 0);
	CHECK(holds(vec, {3, 2}) && alive == 2);
	CHECK(vec.swap_remove(1).value == 2);
	CHECK(holds(vec, {3}) && alive == 1);
	return {};
}

Result<> vec_truncates_and_resizes()
{
	Vec<Counted> vec = KTRY(counting(5));
	vec.truncate(9);
	CHECK(vec.size() == 5);
	vec.truncate(2);
	CHECK(holds(vec, {0, 1}) && alive == 2);
	KTRY(vec.resize(40, vec[1], GFP_KERNEL));
	CHECK(vec.size() == 40 && vec[39].value == 1 && alive == 40);
	KTRY(vec.resize(1, vec[0], GFP_KERNEL));
	CHECK(holds(vec, {0}) && alive == 1);
	return {};
}

Result<> vec_retains_in_order()
{
	Vec<Counted> vec = KTRY(counting(9));
	vec.retain([](const Counted &counted) { return counted.value % 3 != 0; });
	CHECK(holds(vec, {1, 2, 4, 5, 7, 8}) && alive == 6);
	vec.retain([](const Counted &) { return false; });
	CHECK(vec.empty() && alive == 0);
	return {};
}

Result<> vec_clones_are_independent()
{
	Vec<Counted> vec = KTRY(counting(3));
	Vec<Counted> copy = KTRY(vec.try_clone(GFP_KERNEL));
	vec[0].value = 9;
	CHECK(holds(copy, {0, 1, 2}) && alive == 6);
	Vec<String> names;
	KTRY(names.push(KTRY(String::from("one", GFP_KERNEL)), GFP_KERNEL));
	KTRY(names.push(KTRY(String::from("two", GFP_KERNEL)), GFP_KERNEL));
	Vec<String> others = KTRY(names.try_clone(GFP_KERNEL));
	KTRY(names[1].append("!", GFP_KERNEL));
	CHECK(others.size() == 2 && others[1] == "two" && others[1].c_str() != names[1].c_str());
	return {};
}

Result<> vec_sizes_that_overflow_are_refused()
{
	Vec<Counted> vec = KTRY(counting(1));
	CHECK(vec.reserve(~0ul, GFP_KERNEL).error() == EOVERFLOW);
	CHECK(vec.resize(~0ul / 8, vec[0], GFP_KERNEL).error() == EOVERFLOW);
	CHECK(vec.extend(std::span<const Counted>{vec.data(), ~0ul}, GFP_KERNEL).error() ==
	      EOVERFLOW);
	CHECK(holds(vec, {0}) && alive == 1);
	return {};
}

// String

Result<> string_is_empty_and_terminated_at_first()
{
	String string;
	CHECK(string.empty() && string.size() == 0 && string.c_str()[0] == 0 && string == "");
	KTRY(string.append("", GFP_KERNEL));
	string.truncate(0);
	CHECK(string.c_str()[0] == 0);
	return {};
}

Result<> string_grows_and_stays_terminated()
{
	String string = KTRY(String::from("ab", GFP_KERNEL));
	for (int i = 0; i < 100; ++i) {
		KTRY(string.push('c', GFP_KERNEL));
		CHECK(string.c_str()[string.size()] == 0);
	}
	CHECK(string.size() == 102 && string[101] == 'c' && string.view().starts_with("abcc"));
	string.truncate(3);
	CHECK(string == "abc" && string.c_str()[3] == 0);
	string.clear();
	CHECK(string.empty() && string.c_str()[0] == 0);
	return {};
}

Result<> string_appends_parts_of_itself()
{
	String string = KTRY(String::from("12345", GFP_KERNEL));
	KTRY(string.append(string, GFP_KERNEL));
	KTRY(string.append(string.view().substr(3, 4), GFP_KERNEL));
	CHECK(string == "12345123454512");
	return {};
}

Result<> string_formats_as_the_kernel_does()
{
	const unsigned char bytes[] = {1, 2, 0xab};
	String string = KTRY(String::format(GFP_KERNEL, "%s-%d-%3ph", "pump", -7, bytes));
	CHECK(string == "pump--7-01 02 ab");
	KTRY(string.append_format(GFP_KERNEL, "/%04x", 0xbeefu));
	CHECK(string == "pump--7-01 02 ab/beef" && string.c_str()[string.size()] == 0);
	String longer = KTRY(String::format(GFP_KERNEL, "%0300d", 1));
	CHECK(longer.size() == 300 && longer[299] == '1' && longer.c_str()[300] == 0);
	String nothing = KTRY(String::format(GFP_KERNEL, "%s", ""));
	CHECK(nothing.empty());
	return {};
}

Result<> string_moved_from_is_empty()
{
	String string = KTRY(String::from("text", GFP_KERNEL));
	String other = std::move(string);
	CHECK(string.empty() && string.c_str()[0] == 0 && other == "text");
	KTRY(string.append("again", GFP_KERNEL));
	other = std::move(string);
	CHECK(other == "again" && string == "");
	String clone = KTRY(other.try_clone(GFP_KERNEL));
	CHECK(clone == other && clone.c_str() != other.c_str());
	return {};
}

Result<> string_without_memory_is_untouched()
{
	String string = KTRY(String::from("text", GFP_KERNEL));
	CHECK(string.reserve(1ul << 40, GFP_KERNEL | __GFP_NOWARN).error() == ENOMEM);
	CHECK(string.reserve(~0ul, GFP_KERNEL).error() == EOVERFLOW);
	CHECK(string.append(std::string_view{string.c_str(), ~0ul}, GFP_KERNEL).error() ==
	      EOVERFLOW);
	CHECK(string == "text");
	return {};
}

// Arc

Result<> arc_is_destroyed_with_its_last_reference()
{
	Arc<Counted> arc = KTRY(Arc<Counted>::make(GFP_KERNEL, 21));
	{
		Arc<Counted> other = arc.clone();
		CHECK(alive == 1 && &*other == &*arc && other == arc && other->twice() == 42);
		static_assert(std::is_same_v<decltype(*other), const Counted &>);
		other.raw()->value = 4;
		Arc<Counted> third = std::move(other);
		CHECK(!other && third && arc->value == 4);
	}
	CHECK(alive == 1);
	arc = KTRY(Arc<Counted>::make(GFP_KERNEL, 1));
	CHECK(alive == 1 && arc->value == 1);
	return {};
}

Result<> arc_knows_when_it_is_the_only_one()
{
	Arc<Counted> arc = KTRY(Arc<Counted>::make(GFP_KERNEL, 21));
	CHECK(arc.unique() == &*arc);
	{
		Arc<Counted> other = arc.clone();
		CHECK(arc.unique() == nullptr && other.unique() == nullptr);
	}
	CHECK(arc.unique() != nullptr);
	return {};
}

Result<> arc_of_a_base_destroys_the_whole()
{
	Arc<Derived> derived = KTRY(Arc<Derived>::make(GFP_KERNEL, 3));
	Arc<Counted> base = derived.clone();
	Arc<Counted> other = base.clone();
	derived = KTRY(Arc<Derived>::make(GFP_KERNEL, 4));
	CHECK(alive == 2 && base->twice() == 600 && base.unique() == nullptr);
	base = std::move(derived);
	CHECK(alive == 2 && base->twice() == 800 && other->twice() == 600 &&
	      other.unique() != nullptr);
	return {};
}

Result<> arc_holds_what_cannot_move()
{
	Arc<Fixed> arc = KTRY(Arc<Fixed>::make(GFP_KERNEL, 5));
	Arc<Fixed> other = arc.clone();
	CHECK(other->self == &*arc);
	return {};
}

Result<> arc_is_adopted_from_what_was_released()
{
	Arc<Counted> arc = KTRY(Arc<Counted>::make(GFP_KERNEL, 5));
	Counted *raw = arc.clone().release().to_raw();
	CHECK(arc.unique() == nullptr);
	Arc<Counted> again = Arc<Counted>::adopt(Released<Arc<Counted>>::from_raw(raw));
	CHECK(again == arc && alive == 1);
	return {};
}

Result<> arc_released_ends_without_an_owner()
{
	Arc<Counted> arc = KTRY(Arc<Counted>::make(GFP_KERNEL, 5));
	(void)arc.clone().release();
	CHECK(arc.unique() != nullptr);
	return {};
}

Result<> arc_aligns_its_object()
{
	struct alignas(8) Small {
		char c;
	};
	Arc<Small> small = KTRY(Arc<Small>::make(GFP_KERNEL));
	Arc<char> least = KTRY(Arc<char>::make(GFP_KERNEL, 'x'));
	CHECK(aligned(&*small, 8) && *least == 'x');
	return {};
}

// List

Result<> list_is_taken_from_at_both_ends()
{
	List<Item> list = KTRY(listing(3));
	Item &first = list.push_front(KTRY(Box<Item>::make(GFP_KERNEL, 9)));
	CHECK(holds(list, {9, 0, 1, 2}) && list.front() == &first && list.back()->value == 2 &&
	      first.linked());
	CHECK(list.pop_front()->value == 9 && list.pop_back()->value == 2);
	CHECK(holds(list, {0, 1}) && alive == 2 && !list.empty());
	list.clear();
	CHECK(list.empty() && alive == 0 && list.begin() == list.end());
	CHECK(!list.pop_front() && !list.pop_back() && !list.front() && !list.back());
	return {};
}

Result<> list_gives_back_what_is_in_the_middle()
{
	List<Item> list = KTRY(listing(4));
	Item &second = *++list.begin();
	Box<Item> taken = list.remove(second);
	CHECK(&*taken == &second && !second.linked() && holds(list, {0, 2, 3}) && alive == 4);
	list.insert(*list.back(), std::move(taken));
	CHECK(holds(list, {0, 2, 1, 3}) && second.linked());
	return {};
}

Result<> list_retains_in_order()
{
	List<Item> list = KTRY(listing(6));
	list.retain([](const Item &item) { return item.value % 2 == 1; });
	CHECK(holds(list, {1, 3, 5}) && alive == 3);
	list.retain([](const Item &) { return false; });
	CHECK(list.empty() && alive == 0);
	return {};
}

Result<> list_moves_whole()
{
	List<Item> list = KTRY(listing(2));
	List<Item> other = std::move(list);
	CHECK(list.empty() && holds(other, {0, 1}));
	list.push_back(KTRY(Box<Item>::make(GFP_KERNEL, 7)));
	list.splice(std::move(other));
	CHECK(other.empty() && holds(list, {7, 0, 1}));
	list.splice(std::move(other));
	List<Item> &same = list;
	list.splice(std::move(same));
	list = std::move(same);
	CHECK(holds(list, {7, 0, 1}) && alive == 3);
	list = KTRY(listing(1));
	CHECK(holds(list, {0}) && alive == 1);
	return {};
}

Result<> list_takes_a_part_of_what_it_held()
{
	List<Item> tree = KTRY(listing(1));
	tree.front()->children = KTRY(listing(3));
	tree = std::move(tree.front()->children);
	CHECK(alive == 3 && holds(tree, {0, 1, 2}));
	return {};
}

// Page

Result<> page_keeps_what_is_written()
{
	Page page = KTRY(Page::make(GFP_KERNEL));
	const unsigned char in[] = {1, 2, 3, 4};
	unsigned char out[4] = {9, 9, 9, 9};
	KTRY(page.read(PAGE_SIZE - 4, std::as_writable_bytes(std::span{out})));
	CHECK(out[0] == 0 && out[3] == 0);
	KTRY(page.write(PAGE_SIZE - 4, std::as_bytes(std::span{in})));
	KTRY(page.read(PAGE_SIZE - 4, std::as_writable_bytes(std::span{out})));
	CHECK(out[0] == 1 && out[3] == 4);
	CHECK(page.map().bytes()[PAGE_SIZE - 2] == std::byte{3});
	KTRY(page.zero(PAGE_SIZE - 2, 2));
	KTRY(page.read(PAGE_SIZE - 4, std::as_writable_bytes(std::span{out})));
	CHECK(out[1] == 2 && out[2] == 0 && out[3] == 0);
	Page other = std::move(page);
	KTRY(other.zero());
	CHECK(other.map().bytes()[PAGE_SIZE - 4] == std::byte{0});
	other = KTRY(Page::make(GFP_KERNEL));
	CHECK(other.raw() != nullptr);
	return {};
}

Result<> page_refuses_what_lies_beyond()
{
	Page page = KTRY(Page::make(GFP_KERNEL));
	unsigned char bytes[4] = {7, 7, 7, 7};
	auto room = std::as_writable_bytes(std::span{bytes});
	CHECK(page.read(PAGE_SIZE - 3, room).error() == EINVAL && bytes[0] == 7);
	CHECK(page.write(PAGE_SIZE - 3, room).error() == EINVAL);
	CHECK(page.write(~0ul - 1, room).error() == EINVAL);
	CHECK(page.read(PAGE_SIZE + 1, {}).error() == EINVAL && page.read(PAGE_SIZE, {}));
	CHECK(page.zero(1).error() == EINVAL && page.zero(2, ~0ul).error() == EINVAL);
	CHECK(page.map().bytes()[PAGE_SIZE - 1] == std::byte{0});
	return {};
}

// PerCpu

Result<> percpu_sums_what_each_counted()
{
	PerCpu<unsigned long> counts = KTRY(PerCpu<unsigned long>::make(GFP_KERNEL, 10));
	const auto cpus = static_cast<unsigned int>(counts.sum() / 10);
	CHECK(cpus >= 1 && counts.sum() == 10ul * cpus && counts.value_of(0) == 10);
	*counts.this_cpu() += 7;
	CHECK(counts.sum() == 10ul * cpus + 7);
	PerCpu<unsigned long> other = std::move(counts);
	CHECK(other.sum() == 10ul * cpus + 7);
	PerCpu<int> below = KTRY(PerCpu<int>::make(GFP_KERNEL, -3));
	CHECK(below.sum() == -3 * static_cast<int>(cpus));
	struct Traffic {
		unsigned int packets;
		long bytes;
	};
	auto traffic = KTRY(PerCpu<Traffic>::make(GFP_KERNEL, Traffic{2, -5}));
	traffic.this_cpu()->packets += 1;
	CHECK(traffic.sum(&Traffic::packets) == 2 * cpus + 1);
	CHECK(traffic.sum(&Traffic::bytes) == -5 * static_cast<long>(cpus));
	return {};
}

Result<> percpu_gives_other_cpus_what_orders_itself()
{
	auto counts = KTRY(PerCpu<Atomic<unsigned long>>::make(GFP_KERNEL, 10UL));
	unsigned int cpus = 0;
	counts.for_each([&](const Atomic<unsigned long> &count) { cpus += count.read() == 10; });
	counts.of(0).set(12);
	unsigned long sum = 0;
	counts.for_each([&](const Atomic<unsigned long> &count) { sum += count.read(); });
	CHECK(cpus >= 1 && sum == 10ul * cpus + 2 && counts.of(0).read() == 12);
	return {};
}

Result<> percpu_destroys_each_object()
{
	PerCpu<Counted> objects = KTRY(PerCpu<Counted>::make(GFP_KERNEL, 4));
	const int cpus = alive;
	CHECK(cpus >= 1 && objects.this_cpu()->value == 4);
	objects = KTRY(PerCpu<Counted>::make(GFP_KERNEL, 5));
	CHECK(alive == cpus && objects.this_cpu()->value == 5);
	return {};
}

// SlabCache

Result<> slab_cache_owns_its_objects()
{
	SlabCache<Counted> cache = KTRY(SlabCache<Counted>::make("kcxx_counted"));
	SlabObject<Counted> a = KTRY(cache.alloc(GFP_KERNEL, 3));
	SlabObject<Counted> b = KTRY(cache.alloc(GFP_KERNEL | __GFP_ZERO, 4));
	CHECK(alive == 2 && a->twice() == 6 && (*b).value == 4);
	a = std::move(b);
	CHECK(alive == 1 && a && !b && a->value == 4);
	SlabCache<Counted> moved = std::move(cache);
	b = KTRY(moved.alloc(GFP_ATOMIC, 5));
	CHECK(alive == 2 && b->value == 5);
	cache = std::move(moved); // for it has to outlive the objects
	return {};
}

Result<> slab_cache_aligns_its_objects()
{
	struct alignas(256) Wide {
		char c[300];
	};
	SlabCache<Wide> cache = KTRY(SlabCache<Wide>::make("kcxx_wide"));
	SlabObject<Wide> a = KTRY(cache.alloc(GFP_KERNEL));
	SlabObject<Wide> b = KTRY(cache.alloc(GFP_KERNEL));
	CHECK(aligned(&*a, 256) && aligned(&*b, 256));
	return {};
}

// Behaviours that make allocations of their own, or let them fail

Result<> box_owns_moves_and_destroys()
{
	{
		Box<Counted> box = KTRY(Box<Counted>::make(GFP_KERNEL, 21));
		CHECK(box && box->value == 21 && (*box).twice() == 42 && alive == 1);
		Box<Counted> other = std::move(box);
		CHECK(!box && other && alive == 1);
		box = KTRY(Box<Counted>::make(GFP_KERNEL | __GFP_ZERO, 1));
		CHECK(alive == 2);
		box = std::move(other);
		CHECK(alive == 1 && box->value == 21);
		Box<Counted> base = KTRY(Box<Derived>::make(GFP_ATOMIC, 3));
		CHECK(alive == 2 && base->twice() == 600);
	}
	CHECK(alive == 0);
	return {};
}

Result<> vec_grows_moves_and_destroys()
{
	{
		Vec<Counted> vec;
		CHECK(vec.empty() && vec.capacity() == 0 && vec.begin() == vec.end());
		for (int i = 0; i < 100; ++i)
			KTRY(vec.emplace(GFP_KERNEL, i));
		CHECK(vec.size() == 100 && alive == 100 && vec[99].value == 99 &&
		      vec[0].value == 0);
		KTRY(vec.push(std::move(vec[7]), GFP_KERNEL));
		CHECK(vec[100].value == 7 && vec[7].value == -1 && alive == 101);
		vec.pop();
		CHECK(vec.size() == 100 && alive == 100);
		CHECK(vec.get(99) != nullptr && vec.get(100) == nullptr);
		Vec<Counted> other = std::move(vec);
		CHECK(vec.empty() && other.size() == 100 && alive == 100);
		vec = std::move(other);
		CHECK(vec.size() == 100 && other.empty());
		vec.clear();
		CHECK(alive == 0 && vec.capacity() >= 100);

		Vec<int> numbers = KTRY(Vec<int>::with_capacity(2, GFP_KERNEL));
		for (int i = 0; i < 50; ++i)
			KTRY(numbers.push(i == 0 ? 5 : numbers[0], GFP_KERNEL));
		int sum = 0;
		for (int number : numbers)
			sum += number;
		CHECK(sum == 250 && numbers.size() == 50);
	}
	CHECK(alive == 0);
	return {};
}

Result<> vec_is_untouched_when_memory_runs_out()
{
	Vec<Counted> vec;
	KTRY(vec.emplace(GFP_KERNEL, 5));
	auto huge = vec.reserve(~0ul / sizeof(Counted), GFP_KERNEL | __GFP_NOWARN);
	CHECK(!huge && huge.error() == ENOMEM);
	auto over = vec.reserve(~0ul / 2, GFP_KERNEL);
	CHECK(!over && over.error() == EOVERFLOW);
	CHECK(vec.size() == 1 && vec[0].value == 5 && alive == 1);
	Vec<char> bytes;
	auto much = bytes.reserve(1ul << 40, GFP_KERNEL | __GFP_NOWARN);
	CHECK(!much && much.error() == ENOMEM && bytes.capacity() == 0);

	Vec<Counted> full; // twice its size is more than kmalloc() ever gives
	const unsigned long most = (2ul << 20) / sizeof(Counted) + 1;
	KTRY(full.reserve(most, GFP_KERNEL));
	while (full.size() < most)
		KTRY(full.emplace(GFP_KERNEL, 1));
	Counted extra{77};
	auto refused = full.push(std::move(extra), GFP_KERNEL | __GFP_NOWARN);
	CHECK(!refused && refused.error() == ENOMEM && full.size() == most && extra.value == 77);
	return {};
}

Result<> result_carries_values_and_errors()
{
	auto fails = []() -> Result<int> { return std::unexpected(ENODEV); };
	auto passes_on = [&]() -> Result<> {
		int never = KTRY(fails());
		pr_err("got %d\n", never);
		return {};
	};
	CHECK(passes_on().error() == ENODEV && passes_on().error().to_errno() == -19);
	auto value = []() -> Result<int> { return 4; };
	auto uses = [&]() -> Result<int> { return {std::in_place, KTRY(value()) + 1}; };
	CHECK(uses() == 5);
	CHECK(to_result(-22).error() == EINVAL && to_result(3).has_value());
	return {};
}

/// A descriptor of a device, and a header of a protocol
struct Descriptor {
	le64 address;
	be32 size;
	le16 flags;
};
struct Header {
	u8 version;
	unaligned_be16 length;
	unaligned_le32 number;
};
static_assert(sizeof(Descriptor) == 16 && alignof(Descriptor) == 8);
static_assert(sizeof(Header) == 7 && alignof(Header) == 1 && offsetof(Header, number) == 3);
static_assert(be32{0x01020304}.value() == 0x01020304 && be32{} == 0U && le16{5} == be16{5});

Result<> numbers_have_the_order_of_their_type()
{
	Descriptor descriptor{.address = 0x0102030405060708, .size = 0x0a0b0c0d, .flags = 0x1122};
	const auto *bytes = reinterpret_cast<const u8 *>(&descriptor);
	CHECK(bytes[0] == 8 && bytes[7] == 1 && bytes[8] == 0x0a && bytes[11] == 0x0d);
	CHECK(bytes[12] == 0x22 && bytes[13] == 0x11);
	descriptor.size = descriptor.size + 1;
	CHECK(descriptor.size == 0x0a0b0c0eU && bytes[11] == 0x0e);
	return {};
}

Result<> numbers_are_loaded_and_stored_at_any_address()
{
	std::array<u8, 9> bytes{};
	KTRY(store<be32>(bytes, 1, 0x01020304));
	KTRY(store<le16>(bytes, 5, 0x0506));
	CHECK(bytes == (std::array<u8, 9>{0, 1, 2, 3, 4, 6, 5, 0, 0}));
	CHECK(KTRY(load<be32>(bytes, 1)) == 0x01020304U && KTRY(load<u8>(bytes, 8)) == 0);
	const Header header = KTRY(load<Header>(bytes, 2));
	CHECK(header.version == 2 && header.length == 0x0304 && header.number == 0x00000506U);
	CHECK(!load<be32>(bytes, 6) && !load<u8>(bytes, 9) && !load<u8>(bytes, ~0UL));
	CHECK(!store<le64>(bytes, 2, 0));
	return {};
}

/// Each of their allocations may fail.
constexpr Behaviour behaviours[] = {
	BEHAVES(result_of_nothing_is_an_expected_in_an_int),
	BEHAVES(scope_guard_runs_unless_dismissed),
	BEHAVES(function_ref_calls_what_it_refers_to),
	BEHAVES(box_takes_a_part_of_what_it_owned),
	BEHAVES(box_moved_to_itself_keeps_its_object),
	BEHAVES(box_released_is_adopted_again),
	BEHAVES(box_released_is_adopted_once),
	BEHAVES(box_released_ends_without_an_owner),
	BEHAVES(box_of_numbers_begins_with_zeros),
	BEHAVES(box_holds_what_cannot_move),
	BEHAVES(box_aligns_what_is_aligned_to_its_size),
	BEHAVES(vec_takes_a_part_of_what_it_held),
	BEHAVES(vec_extends_by_copies_and_by_its_own_elements),
	BEHAVES(vec_inserts_at_either_end_and_between),
	BEHAVES(vec_removes_and_closes_the_gap),
	BEHAVES(vec_truncates_and_resizes),
	BEHAVES(vec_retains_in_order),
	BEHAVES(vec_clones_are_independent),
	BEHAVES(vec_sizes_that_overflow_are_refused),
	BEHAVES(string_is_empty_and_terminated_at_first),
	BEHAVES(string_grows_and_stays_terminated),
	BEHAVES(string_appends_parts_of_itself),
	BEHAVES(string_formats_as_the_kernel_does),
	BEHAVES(string_moved_from_is_empty),
	BEHAVES(string_without_memory_is_untouched),
	BEHAVES(arc_is_destroyed_with_its_last_reference),
	BEHAVES(arc_knows_when_it_is_the_only_one),
	BEHAVES(arc_of_a_base_destroys_the_whole),
	BEHAVES(arc_holds_what_cannot_move),
	BEHAVES(arc_is_adopted_from_what_was_released),
	BEHAVES(arc_released_ends_without_an_owner),
	BEHAVES(arc_aligns_its_object),
	BEHAVES(list_is_taken_from_at_both_ends),
	BEHAVES(list_gives_back_what_is_in_the_middle),
	BEHAVES(list_retains_in_order),
	BEHAVES(list_moves_whole),
	BEHAVES(list_takes_a_part_of_what_it_held),
	BEHAVES(page_keeps_what_is_written),
	BEHAVES(page_refuses_what_lies_beyond),
	BEHAVES(percpu_sums_what_each_counted),
	BEHAVES(percpu_gives_other_cpus_what_orders_itself),
	BEHAVES(percpu_destroys_each_object),
	BEHAVES(numbers_have_the_order_of_their_type),
	BEHAVES(numbers_are_loaded_and_stored_at_any_address),
};

/// Not failed in turn: these fail allocations of their own, or the kernel itself logs the failure,
/// with a stack, as of a cache that cannot be made.
constexpr Behaviour others[] = {
	BEHAVES(slab_cache_owns_its_objects),           BEHAVES(slab_cache_aligns_its_objects),
	BEHAVES(box_owns_moves_and_destroys),           BEHAVES(vec_grows_moves_and_destroys),
	BEHAVES(vec_is_untouched_when_memory_runs_out), BEHAVES(result_carries_values_and_errors),
};

Result<> fail_all_in_turn(int /*value*/)
{
	fail_in_turn(behaviours);
	return {};
}

constinit ModuleParam<int, fail_all_in_turn> fail{0};
MODULE_PARAM(fail, 0200, "write to it to fail each allocation in turn");

struct Memory {
	static Result<Memory> init(ThisModule & /*self*/)
	{
		for (const Behaviour &behaviour : behaviours)
			report(behaviour);
		for (const Behaviour &behaviour : others)
			report(behaviour);
		return Result<Memory>{std::in_place, 3};
	}

	explicit Memory(int n) : self{this}, number{n} { pr_info("object: constructed\n"); }
	Memory(Memory &&) = delete;
	~Memory()
	{
		pr_info("object: destroyed, %s, %d\n", self == this ? "not moved" : "moved",
			number);
	}

	Memory *self;
	int number;
};

} // namespace

KERNEL_MODULE(Memory);
