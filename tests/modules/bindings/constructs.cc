// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Names all of <linux/constructs.h>, so that C++ has each of its structs whole, laid out as in C.

#include <linux/constructs.h>

// Names that C++ reserves have a "_".
struct class_ a_class = {.new_ = NEGATIVE};
struct keywords some_keywords = {
	.class_ = &a_class, .new_ = 1, .delete_ = 2, .private_ = 3, .and_ = 4, .noexcept_ = 5};
struct itself some_itself = {.before = 1, .itself = nullptr};

bits1 some_bits1;
bits2 some_bits2;
bits3 some_bits3;
union bits4 some_bits4;
bits5 some_bits5;
bits6 some_bits6;
bits7 some_bits7 = {.e = SMALL_B, .r = 3, .f = SMALL_C};

packed1 some_packed1;
packed2 some_packed2;
packed3 some_packed3;
packed4 some_packed4;
packed5 some_packed5;
packed6 some_packed6;
packed7 some_packed7;
not_packed some_not_packed;
aligned1 some_aligned1;
aligned2 some_aligned2;
aligned3 some_aligned3;
aligned4 some_aligned4;
aligned5 some_aligned5;

flexible some_flexible;
flexible0 some_flexible0;
flexible_inside some_flexible_inside;
flexible_union some_flexible_union;
nothing some_nothing;
has_nothing some_has_nothing;
arrays some_arrays = {.cn = {TEXT, TEXT " more"}};

unnamed some_unnamed = {.a = 1, .b = 2, .kind = unnamed().kind};
nested some_nested;
uses_inner some_uses_inner;
my_atomic_t some_atomic;
my_ptr_t some_pointer = nullptr;
my_union_t some_union;

int opens(struct unnamed *u, const struct operations *o)
{
	return u->d + u->pt.y + u->list[1].in + (o->run != nullptr) + UNNAMED_B;
}
const struct operations the_operations = {.open = opens};
callback some_callback = nullptr;
function *some_function = nullptr;
enum later some_later = LATER_A;
enum wide some_wide = WIDE;
enum high some_high = HIGH;
static_assert(sizeof(some_wide) == 8 && LATER_A < 0 && sizeof(some_high) == 4);
auto *picks = pick;
const void *addresses[] = {&an_address, &another_address};
static_assert(BLUE == RED + 1 && CONSTANT == u64{1} << 40 && OF_CONSTANT(3) > CONSTANT);
A_TYPE some_type = sizeof(a_point) + sizeof(numbers[0]) + sizeof(by_value(some_arrays)) +
		   sizeof(both(nullptr));

int inlines(int n)
{
	int i;
	LOOP(i, 3) n += i;
	return n + as_it_is(some_bits1, some_union) + with_cast(&some_packed1)->a +
	       in_c_alone(n & 3);
}
