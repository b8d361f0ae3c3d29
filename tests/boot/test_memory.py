# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Result, Box, Vec, String, Arc, List, Page, PerCpu and SlabCache in running kernels, and in one that looks for errors of memory."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import named_bugs
from behaviours import MODULE, built, log_of, said_of, source_of
from conftest import Kernel, made_once, must, run
from library_kernels import DEBUG_OPTIONS, SCAN, kernel_of

# The statuses of kcxx boot that are asserted here
WARNED = 14

INCLUDES = """\
#include <span>
#include <kernel/list.hpp>
#include <kernel/module_param.hpp>
#include <kernel/page.hpp>
#include <kernel/percpu.hpp>
#include <kernel/slab_cache.hpp>
"""
BEFORE = """
struct Node { explicit Node(int v) : counted{v} {} Counted counted; Box<Node> next = Box<Node>::adopt(nullptr); };
struct Tree { explicit Tree(int v) : counted{v} {} Counted counted; Vec<Tree> children; };
struct alignas(64) Line { explicit Line(int v) : counted{v} {} Counted counted; };
[[maybe_unused]] bool aligned(const void *at, unsigned long to) { return reinterpret_cast<unsigned long>(at) % to == 0; }
struct Item : Counted, ListNode { explicit Item(int v) : Counted{v} {} List<Item> children; };
[[maybe_unused]] Result<List<Item>> listing(int n)
{
	List<Item> list;
	for (int i = 0; i < n; ++i)
		list.push_back(KTRY(Box<Item>::make(GFP_KERNEL, i)));
	return list;
}
[[maybe_unused]] bool holds(const List<Item> &list, std::initializer_list<int> values)
{
	const int *at = values.begin();
	for (const Item &item : list)
		if (at == values.end() || item.value != *at++)
			return false;
	return at == values.end();
}
[[maybe_unused]] Result<Vec<Counted>> counting(int n)
{
	Vec<Counted> vec;
	for (int i = 0; i < n; ++i)
		KTRY(vec.emplace(GFP_KERNEL, i));
	return vec;
}
[[maybe_unused]] bool holds(const Vec<Counted> &vec, std::initializer_list<int> values)
{
	unsigned long at = 0;
	for (int value : values)
		if (at == vec.size() || vec[at++].value != value)
			return false;
	return at == vec.size();
}
"""

BEHAVIOURS = {
    # Result
    "result_of_nothing_is_an_expected_in_an_int": """
	Result<> good;
	Result<> bad = std::unexpected(EIO);
	CHECK(sizeof(good) == sizeof(int) && good && good.has_value() && !bad && bad.error() == EIO);
	CHECK(good != bad && good == Result<>{} && bad == std::unexpected(EIO) && bad != std::unexpected(EPERM));
	CHECK(good.error_or(EPERM) == EPERM && bad.error_or(EPERM) == EIO);
	auto seven = [] { return Result<int>{7}; };
	CHECK(*good.and_then(seven) == 7 && bad.and_then(seven).error() == EIO);
	auto three = [] { return 3; };
	CHECK(*good.transform(three) == 3 && bad.transform(three).error() == EIO);
	auto forgive = [](Error error) { return error == EIO ? Result<>{} : Result<>{std::unexpected(error)}; };
	CHECK(bad.or_else(forgive) && !Result<>{std::unexpected(EPERM)}.or_else(forgive));
	const std::expected<void, Error> standard = std::unexpected(EBUSY);
	CHECK(Result<>{standard}.error() == EBUSY);
	""",
    # Box
    "box_takes_a_part_of_what_it_owned": """
	Box<Node> list = KTRY(Box<Node>::make(GFP_KERNEL, 1));
	list->next = KTRY(Box<Node>::make(GFP_KERNEL, 2));
	list->next->next = KTRY(Box<Node>::make(GFP_KERNEL, 3));
	list = std::move(list->next);
	CHECK(alive == 2 && list->counted.value == 2 && list->next->counted.value == 3);
	""",
    "box_moved_to_itself_keeps_its_object": """
	Box<Counted> box = KTRY(Box<Counted>::make(GFP_KERNEL, 1));
	Box<Counted> &same = box;
	box = std::move(same);
	CHECK(box && box->value == 1 && alive == 1);
	""",
    "box_released_is_adopted_again": """
	Box<Derived> box = KTRY(Box<Derived>::make(GFP_KERNEL, 1));
	Counted *raw = box.release();
	CHECK(!box && alive == 1);
	Box<Counted> again = Box<Counted>::adopt(raw);
	CHECK(again->twice() == 200 && alive == 1);
	""",
    "box_holds_what_cannot_move": """
	Box<Fixed> box = KTRY(Box<Fixed>::make(GFP_KERNEL, 5));
	Box<Fixed> other = std::move(box);
	CHECK(other->self == &*other && other->value == 5);
	""",
    "box_aligns_what_is_aligned_to_its_size": """
	Box<Line> a = KTRY(Box<Line>::make(GFP_KERNEL, 5));
	Box<Line> b = KTRY(Box<Line>::make(GFP_KERNEL, 5));
	CHECK(aligned(&*a, 64) && aligned(&*b, 64));
	""",
    # Vec
    "vec_takes_a_part_of_what_it_held": """
	Vec<Tree> tree;
	KTRY(tree.emplace(GFP_KERNEL, 1));
	KTRY(tree[0].children.emplace(GFP_KERNEL, 2));
	KTRY(tree[0].children.emplace(GFP_KERNEL, 3));
	tree = std::move(tree[0].children);
	CHECK(alive == 2 && tree.size() == 2 && tree[1].counted.value == 3);
	""",
    "vec_extends_by_copies_and_by_its_own_elements": """
	Vec<Counted> vec = KTRY(counting(3));
	KTRY(vec.extend(vec, GFP_KERNEL));
	KTRY(vec.extend(std::span<const Counted>{vec.data() + 4, 2}, GFP_KERNEL));
	KTRY(vec.extend({}, GFP_KERNEL));
	CHECK(holds(vec, {0, 1, 2, 0, 1, 2, 1, 2}) && alive == 8);
	const int more[] = {7, 8};
	Vec<int> numbers;
	KTRY(numbers.extend(more, GFP_KERNEL));
	CHECK(numbers.size() == 2 && numbers[1] == 8);
	""",
    "vec_inserts_at_either_end_and_between": """
	Vec<Counted> vec;
	KTRY(vec.insert(0, Counted{1}, GFP_KERNEL));
	KTRY(vec.insert(0, Counted{2}, GFP_KERNEL));
	KTRY(vec.insert(2, 3, GFP_KERNEL));
	KTRY(vec.insert(1, vec[2], GFP_KERNEL));
	CHECK(holds(vec, {2, 3, 1, 3}) && alive == 4);
	""",
    "vec_removes_and_closes_the_gap": """
	Vec<Counted> vec = KTRY(counting(5));
	CHECK(vec.remove(1).value == 1);
	CHECK(holds(vec, {0, 2, 3, 4}) && alive == 4);
	CHECK(vec.remove(3).value == 4 && vec.swap_remove(0).value == 0);
	CHECK(holds(vec, {3, 2}) && alive == 2);
	CHECK(vec.swap_remove(1).value == 2);
	CHECK(holds(vec, {3}) && alive == 1);
	""",
    "vec_truncates_and_resizes": """
	Vec<Counted> vec = KTRY(counting(5));
	vec.truncate(9);
	CHECK(vec.size() == 5);
	vec.truncate(2);
	CHECK(holds(vec, {0, 1}) && alive == 2);
	KTRY(vec.resize(40, vec[1], GFP_KERNEL));
	CHECK(vec.size() == 40 && vec[39].value == 1 && alive == 40);
	KTRY(vec.resize(1, vec[0], GFP_KERNEL));
	CHECK(holds(vec, {0}) && alive == 1);
	""",
    "vec_retains_in_order": """
	Vec<Counted> vec = KTRY(counting(9));
	vec.retain([](const Counted &counted) { return counted.value % 3 != 0; });
	CHECK(holds(vec, {1, 2, 4, 5, 7, 8}) && alive == 6);
	vec.retain([](const Counted &) { return false; });
	CHECK(vec.empty() && alive == 0);
	""",
    "vec_clones_are_independent": """
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
	""",
    "vec_sizes_that_overflow_are_refused": """
	Vec<Counted> vec = KTRY(counting(1));
	CHECK(vec.reserve(~0ul, GFP_KERNEL).error() == EOVERFLOW);
	CHECK(vec.resize(~0ul / 8, vec[0], GFP_KERNEL).error() == EOVERFLOW);
	CHECK(vec.extend(std::span<const Counted>{vec.data(), ~0ul}, GFP_KERNEL).error() == EOVERFLOW);
	CHECK(holds(vec, {0}) && alive == 1);
	""",
    # String
    "string_is_empty_and_terminated_at_first": """
	String string;
	CHECK(string.empty() && string.size() == 0 && string.c_str()[0] == 0 && string == "");
	KTRY(string.append("", GFP_KERNEL));
	string.truncate(0);
	CHECK(string.c_str()[0] == 0);
	""",
    "string_grows_and_stays_terminated": """
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
	""",
    "string_appends_parts_of_itself": """
	String string = KTRY(String::from("12345", GFP_KERNEL));
	KTRY(string.append(string, GFP_KERNEL));
	KTRY(string.append(string.view().substr(3, 4), GFP_KERNEL));
	CHECK(string == "12345123454512");
	""",
    "string_formats_as_the_kernel_does": """
	const unsigned char bytes[] = {1, 2, 0xab};
	String string = KTRY(String::format(GFP_KERNEL, "%s-%d-%3ph", "pump", -7, bytes));
	CHECK(string == "pump--7-01 02 ab");
	KTRY(string.append_format(GFP_KERNEL, "/%04x", 0xbeefu));
	CHECK(string == "pump--7-01 02 ab/beef" && string.c_str()[string.size()] == 0);
	String longer = KTRY(String::format(GFP_KERNEL, "%0300d", 1));
	CHECK(longer.size() == 300 && longer[299] == '1' && longer.c_str()[300] == 0);
	String nothing = KTRY(String::format(GFP_KERNEL, "%s", ""));
	CHECK(nothing.empty());
	""",
    "string_moved_from_is_empty": """
	String string = KTRY(String::from("text", GFP_KERNEL));
	String other = std::move(string);
	CHECK(string.empty() && string.c_str()[0] == 0 && other == "text");
	KTRY(string.append("again", GFP_KERNEL));
	other = std::move(string);
	CHECK(other == "again" && string == "");
	String clone = KTRY(other.try_clone(GFP_KERNEL));
	CHECK(clone == other && clone.c_str() != other.c_str());
	""",
    "string_without_memory_is_untouched": """
	String string = KTRY(String::from("text", GFP_KERNEL));
	CHECK(string.reserve(1ul << 40, GFP_KERNEL | __GFP_NOWARN).error() == ENOMEM);
	CHECK(string.reserve(~0ul, GFP_KERNEL).error() == EOVERFLOW);
	CHECK(string.append(std::string_view{string.c_str(), ~0ul}, GFP_KERNEL).error() == EOVERFLOW);
	CHECK(string == "text");
	""",
    # Arc
    "arc_is_destroyed_with_its_last_reference": """
	Arc<Counted> arc = KTRY(Arc<Counted>::make(GFP_KERNEL, 21));
	{
		Arc<Counted> other = arc.clone();
		CHECK(alive == 1 && &*other == &*arc && other == arc && other->twice() == 42);
		other->value = 4;
		Arc<Counted> third = std::move(other);
		CHECK(!other && third && arc->value == 4);
	}
	CHECK(alive == 1);
	arc = KTRY(Arc<Counted>::make(GFP_KERNEL, 1));
	CHECK(alive == 1 && arc->value == 1);
	""",
    "arc_knows_when_it_is_the_only_one": """
	Arc<Counted> arc = KTRY(Arc<Counted>::make(GFP_KERNEL, 21));
	CHECK(arc.unique() == &*arc);
	{
		Arc<Counted> other = arc.clone();
		CHECK(arc.unique() == nullptr && other.unique() == nullptr);
	}
	CHECK(arc.unique() != nullptr);
	""",
    "arc_of_a_base_destroys_the_whole": """
	Arc<Derived> derived = KTRY(Arc<Derived>::make(GFP_KERNEL, 3));
	Arc<Counted> base = derived.clone();
	Arc<Counted> other = base.clone();
	derived = KTRY(Arc<Derived>::make(GFP_KERNEL, 4));
	CHECK(alive == 2 && base->twice() == 600 && base.unique() == nullptr);
	base = std::move(derived);
	CHECK(alive == 2 && base->twice() == 800 && other->twice() == 600 && other.unique() != nullptr);
	""",
    "arc_holds_what_cannot_move": """
	Arc<Fixed> arc = KTRY(Arc<Fixed>::make(GFP_KERNEL, 5));
	Arc<Fixed> other = arc.clone();
	CHECK(other->self == &*arc);
	""",
    "arc_is_adopted_from_what_was_released": """
	Arc<Counted> arc = KTRY(Arc<Counted>::make(GFP_KERNEL, 5));
	Counted *raw = arc.clone().release();
	CHECK(arc.unique() == nullptr);
	Arc<Counted> again = Arc<Counted>::adopt(raw);
	CHECK(again == arc && alive == 1);
	""",
    "arc_aligns_its_object": """
	struct alignas(8) Small { char c; };
	Arc<Small> small = KTRY(Arc<Small>::make(GFP_KERNEL));
	Arc<char> least = KTRY(Arc<char>::make(GFP_KERNEL, 'x'));
	CHECK(aligned(&*small, 8) && *least == 'x');
	""",
    # List
    "list_is_taken_from_at_both_ends": """
	List<Item> list = KTRY(listing(3));
	Item &first = list.push_front(KTRY(Box<Item>::make(GFP_KERNEL, 9)));
	CHECK(holds(list, {9, 0, 1, 2}) && list.front() == &first && list.back()->value == 2 && first.linked());
	CHECK(list.pop_front()->value == 9 && list.pop_back()->value == 2);
	CHECK(holds(list, {0, 1}) && alive == 2 && !list.empty());
	list.clear();
	CHECK(list.empty() && alive == 0 && list.begin() == list.end());
	CHECK(!list.pop_front() && !list.pop_back() && !list.front() && !list.back());
	""",
    "list_gives_back_what_is_in_the_middle": """
	List<Item> list = KTRY(listing(4));
	Item &second = *++list.begin();
	Box<Item> taken = list.remove(second);
	CHECK(&*taken == &second && !second.linked() && holds(list, {0, 2, 3}) && alive == 4);
	list.insert(*list.back(), std::move(taken));
	CHECK(holds(list, {0, 2, 1, 3}) && second.linked());
	""",
    "list_retains_in_order": """
	List<Item> list = KTRY(listing(6));
	list.retain([](const Item &item) { return item.value % 2 == 1; });
	CHECK(holds(list, {1, 3, 5}) && alive == 3);
	list.retain([](const Item &) { return false; });
	CHECK(list.empty() && alive == 0);
	""",
    "list_moves_whole": """
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
	""",
    "list_takes_a_part_of_what_it_held": """
	List<Item> tree = KTRY(listing(1));
	tree.front()->children = KTRY(listing(3));
	tree = std::move(tree.front()->children);
	CHECK(alive == 3 && holds(tree, {0, 1, 2}));
	""",
    # Page
    "page_keeps_what_is_written": """
	Page page = KTRY(Page::make(GFP_KERNEL | __GFP_ZERO));
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
	""",
    "page_refuses_what_lies_beyond": """
	Page page = KTRY(Page::make(GFP_KERNEL | __GFP_ZERO));
	unsigned char bytes[4] = {7, 7, 7, 7};
	auto room = std::as_writable_bytes(std::span{bytes});
	CHECK(page.read(PAGE_SIZE - 3, room).error() == EINVAL && bytes[0] == 7);
	CHECK(page.write(PAGE_SIZE - 3, room).error() == EINVAL);
	CHECK(page.write(~0ul - 1, room).error() == EINVAL);
	CHECK(page.read(PAGE_SIZE + 1, {}).error() == EINVAL && page.read(PAGE_SIZE, {}));
	CHECK(page.zero(1).error() == EINVAL && page.zero(2, ~0ul).error() == EINVAL);
	CHECK(page.map().bytes()[PAGE_SIZE - 1] == std::byte{0});
	""",
    # PerCpu
    "percpu_sums_what_each_counted": """
	PerCpu<unsigned long> counts = KTRY(PerCpu<unsigned long>::make(GFP_KERNEL, 10));
	unsigned int cpus = 0;
	counts.for_each([&](unsigned long &count) { cpus += count == 10; });
	CHECK(cpus >= 1 && counts.sum() == 10ul * cpus);
	*counts.this_cpu() += 5;
	counts.of(0) += 2;
	CHECK(counts.sum() == 10ul * cpus + 7);
	PerCpu<unsigned long> other = std::move(counts);
	CHECK(other.sum() == 10ul * cpus + 7);
	PerCpu<int> below = KTRY(PerCpu<int>::make(GFP_KERNEL, -3));
	CHECK(below.sum() == -3 * static_cast<int>(cpus));
	""",
    "percpu_destroys_each_object": """
	PerCpu<Counted> objects = KTRY(PerCpu<Counted>::make(GFP_KERNEL, 4));
	const int cpus = alive;
	CHECK(cpus >= 1 && objects.this_cpu()->value == 4 && objects.of(0).twice() == 8);
	objects = KTRY(PerCpu<Counted>::make(GFP_KERNEL, 5));
	CHECK(alive == cpus && objects.this_cpu()->value == 5);
	""",
}

# Not failed in turn: a cache that cannot be made is told by the kernel itself, with a stack.
CACHES = {
    "slab_cache_owns_its_objects": """
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
	""",
    "slab_cache_aligns_its_objects": """
	struct alignas(256) Wide { char c[300]; };
	SlabCache<Wide> cache = KTRY(SlabCache<Wide>::make("kcxx_wide"));
	SlabObject<Wide> a = KTRY(cache.alloc(GFP_KERNEL));
	SlabObject<Wide> b = KTRY(cache.alloc(GFP_KERNEL));
	CHECK(aligned(&*a, 256) && aligned(&*b, 256));
	""",
}
ALL = BEHAVIOURS | CACHES


@pytest.fixture(scope="session")
def log(kernel: Kernel, kcxx: Path, package: Path, run_directory: Path) -> str:
    """What each kernel logged of a module that has all behaviours."""
    return log_of(run_directory / f"memory-{kernel.series}", kcxx, package, kernel, source_of(ALL, INCLUDES, BEFORE))


@pytest.mark.parametrize("name", ALL)
def test_memory_behaves(name: str, log: str) -> None:
    """All that the behaviour says holds, and no object is left."""
    assert said_of(log, name) == [f"{name}: 0"]


# On a kernel that looks

# A writer to the parameter has each behaviour meet an allocation that fails: its first, its second and so on, until
# it has none any more.
FAILING = """
extern "C" void fail_allocation(unsigned int nth);
extern "C" bool no_allocation_failed();

void fail_in_turn(const Behaviour &behaviour)
{
	for (unsigned int nth = 1;; ++nth) {
		fail_allocation(nth);
		const int result = outcome(behaviour);
		if (no_allocation_failed()) {
			pr_info("%s: %u failed, then %d\\n", behaviour.name, nth - 1, result);
			return;
		}
		if (result != ENOMEM.to_errno())
			pr_err("%s: %d when allocation %u failed\\n", behaviour.name, result, nth);
	}
}

Result<> when_written(int many)
{
	for (int i = 0; i < many; ++i)
		fail_in_turn(behaviours[i]);
	return {};
}

constinit ModuleParam<int, when_written> fail{0};
MODULE_PARAM(fail, 0200, "so many behaviours meet failures");
"""
FAILING_IN_C = """
#include <linux/sched.h>
void fail_allocation(unsigned int nth);
void fail_allocation(unsigned int nth) { current->fail_nth = nth; }
bool no_allocation_failed(void);
bool no_allocation_failed(void) { bool left = current->fail_nth != 0; current->fail_nth = 0; return left; }
"""

# Of the module's own allocations, not of those that KASAN and kmemleak make beside them
FAIL = f"""\
cd /sys/kernel/debug/failslab
echo N > ignore-gfp-wait
echo Y > cache-filter
echo 0 > verbose
for cache in /sys/kernel/slab/kmalloc-*; do echo 1 > $cache/failslab; done
echo {len(BEHAVIOURS)} > /sys/module/subject/parameters/fail
for cache in /sys/kernel/slab/kmalloc-*; do echo 0 > $cache/failslab; done
{SCAN}"""


@pytest.fixture(scope="session")
def debug_log(kcxx: Path, package: Path, run_directory: Path) -> str:
    """What a kernel with KASAN, kmemleak, UBSAN, lockdep and kCFI logged of all behaviours, and of them failing."""
    kernel = kernel_of(kcxx, "debug", "x86_64")

    def make(directory: Path) -> None:
        source = source_of(ALL, INCLUDES, BEFORE, FAILING + MODULE)
        module = built(directory, package, kernel.build, source, FAILING_IN_C, "LLVM=-19")
        (directory / "script").write_text(FAIL, encoding="utf-8")
        result = run(kcxx, "boot", "--kernel", kernel.image, "--script", directory / "script", *DEBUG_OPTIONS, module)
        (directory / "log").write_text(must(result), encoding="utf-8")

    return (made_once(run_directory / "memory-debug", make) / "log").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ALL)
def test_memory_behaves_on_a_debug_kernel(name: str, debug_log: str) -> None:
    """The same there, where no tool complains and nothing leaks."""
    assert said_of(debug_log, name) == [f"{name}: 0"]


ALLOCATES = [name for name in BEHAVIOURS if not name.startswith(("page", "percpu", "result", "string_is_empty"))]


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_memory_running_out_is_reported(name: str, debug_log: str) -> None:
    """Each allocation failed in turn: ENOMEM comes out, no object is left, nothing leaks; and at last all holds."""
    lines = re.findall(rf"subject: {name}: (.* (?:failed|left).*)$", debug_log, re.M)
    assert len(lines) == 1, lines
    turns = re.fullmatch(r"(\d+) failed, then 0", lines[0])
    assert turns, lines
    assert (int(turns[1]) > 0) == (name in ALLOCATES)


# What ends the task, or is told by the kernel

BUGS = {
    "arc_moved_from": (
        "auto a = KTRY(Arc<int>::make(GFP_KERNEL, 1)); auto b = std::move(a); auto c = a.clone(); CHECK(b == c);",
        "Arc: used after a move",
    ),
    "list_twice": (
        "List<Item> a; List<Item> b; Item &i = a.push_back(KTRY(Box<Item>::make(GFP_KERNEL, 1)));"
        "b.push_back(Box<Item>::adopt(&i));",
        "List: the object is in a list already",
    ),
    "list_object_destroyed": (
        "List<Item> a; Item &i = a.push_back(KTRY(Box<Item>::make(GFP_KERNEL, 1))); { auto b = Box<Item>::adopt(&i); }",
        "List: an object was destroyed in its list",
    ),
    "list_remove_twice": (
        "List<Item> a = KTRY(listing(2)); auto i = a.remove(*a.front()); (void)a.remove(*i).release();",
        "List: remove() of an object that is in none",
    ),
    "page_moved_from": (
        "auto a = KTRY(Page::make(GFP_KERNEL)); auto b = std::move(a); KTRY(a.zero()); KTRY(b.zero());",
        "Page: used after a move",
    ),
    "percpu_without_such_a_cpu": (
        "auto a = KTRY(PerCpu<int>::make(GFP_KERNEL, 1)); a.of(100000) = 3;",
        "PerCpu: no such CPU",
    ),
    "result_without_an_error": (
        "Result<> good; CHECK(good.error() == EIO);",
        "Result: error() of a success",
    ),
    "slab_object_moved_from": (
        'auto c = KTRY(SlabCache<int>::make("c")); auto a = KTRY(c.alloc(GFP_KERNEL, 1)); auto b = std::move(a);'
        "CHECK(*b == 1); *a = 3;",
        "SlabObject: used after a move",
    ),
    "string_index": (
        'auto a = KTRY(String::from("abc", GFP_KERNEL)); CHECK(a[2] == \'c\'); CHECK(a[3] == 0);',
        "String: index out of bounds",
    ),
    "vec_insert": (
        'std::size_t at = 1; asm volatile("" : "+r"(at)); Vec<int> v; KTRY(v.insert(at, 1, GFP_KERNEL));',
        "Vec: insert() out of bounds",
    ),
    "vec_remove": (
        "Vec<int> v; KTRY(v.push(1, GFP_KERNEL)); CHECK(v.remove(1) == 0);",
        "Vec: index out of bounds",
    ),
}


@pytest.fixture(scope="session")
def bugs(kernels: dict[str, Kernel], kcxx: Path, package: Path, run_directory: Path) -> dict[str, str]:
    """What a kernel logged of each"""
    mistakes = {name: (INCLUDES, BEFORE, code) for name, (code, _) in BUGS.items()}
    return named_bugs.logs_of(run_directory / "memory-bugs", kcxx, package, kernels["6.12"], mistakes)


@pytest.mark.parametrize("name", BUGS)
def test_memory_misused_ends_in_a_named_bug(name: str, bugs: dict[str, str]) -> None:
    """What only a mistake in the program can bring about is a BUG whose log line says what it was."""
    named_bugs.assert_bug_is_named(bugs[name], BUGS[name][1])


TOLD = {
    "arc_count_saturates": (
        """
	Arc<Counted> arc = KTRY(Arc<Counted>::make(GFP_KERNEL, 1));
	reinterpret_cast<int *>(&*arc)[-1] = 0x7fffffff; // as if so many had been made
	for (int i = 0; i < 5; ++i)
		(void)arc.clone();
	CHECK(alive == 1 && arc->value == 1 && arc.unique() == nullptr);
	(void)arc.release();
	alive = 0;
	""",
        r"refcount_t: saturated; leaking memory",
    ),
    "slab_cache_with_objects_left": (
        """
	auto cache = KTRY(Box<SlabCache<int>>::make(GFP_KERNEL, KTRY(SlabCache<int>::make("kcxx_left"))));
	auto left = KTRY(Box<SlabObject<int>>::make(GFP_KERNEL, KTRY(cache->alloc(GFP_KERNEL, 1))));
	(void)left.release();
	""",
        r"kcxx_left.*: Slab cache still has objects",
    ),
}


@pytest.mark.parametrize("name", TOLD)
def test_memory_misused_is_told_by_the_kernel(
    name: str, kernel: Kernel, kcxx: Path, package: Path, tmp_path: Path
) -> None:
    """A count that overflows stays where it is, a cache that still has objects stays: the kernel warns of both."""
    code, message = TOLD[name]
    module = built(tmp_path, package, kernel.build, source_of({name: code}, INCLUDES))
    result = run(kcxx, "boot", module)
    assert result.returncode == WARNED, result.stdout + result.stderr
    assert re.search(message, result.stdout), result.stdout
    assert said_of(result.stdout, name)[-1] == f"{name}: 0"
