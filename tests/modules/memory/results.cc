// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Results: what they are made of, and what is left when KTRY() returns in the middle.

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

#include "behaviours.hpp"

MODULE_LICENSE("GPL");

namespace
{

Result<> c_returns_become_values_or_errors()
{
	static_assert(std::is_same_v<decltype(from_c(1L)), Result<long>>);
	volatile int returned = -22;
	CHECK(from_c(returned).error() == EINVAL && to_c(from_c(returned)) == -22);
	returned = 3;
	CHECK(from_c(returned) == 3 && to_c(from_c(returned)) == 3);
	CHECK(3L == from_c(returned) && from_c(returned) != 4 && from_c(-5) != 3);
	CHECK(from_c(returned) == from_c(3) && from_c(returned) != from_c(-5));
	CHECK(from_c(-5) == std::unexpected(EIO) && from_c(-5) == from_c(-5));
	CHECK(*from_c(0L) == 0 && *from_c(1LL << 40) == 1LL << 40 && from_c(-5L).error() == EIO);
	CHECK(to_c(Result<>{}) == 0 && to_c(Result<>{ENOMEM}) == -12);
	const Result<std::size_t> size =
		returned == 3 ? Result<std::size_t>{7U} : Result<std::size_t>{EIO};
	static_assert(std::is_same_v<decltype(to_c(size)), long>);
	CHECK(to_c(size) == 7 && to_c(Result<bool>{true}) == 1);
	return {};
}

Result<> c_pointers_become_values_or_errors()
{
	int object = 0;
	const auto from = [](long number) {
		const volatile long seen = number;
		return Error::from_pointer(reinterpret_cast<int *>(seen));
	};
	CHECK(*Error::from_pointer(&object) == &object && *from(0) == nullptr);
	CHECK(from(-22).error() == EINVAL && from(-4095).error() == Error{4095});
	CHECK(from(-1).error() == EPERM && *from(-4096) == reinterpret_cast<int *>(-4096L));
	CHECK(reinterpret_cast<long>(ENOMEM.to_pointer<int>()) == -12);
	CHECK(Error::from_pointer(EXDEV.to_pointer<int>()).error() == EXDEV);
	return {};
}

Result<> result_is_made_of_an_error_or_in_place()
{
	struct Pinned {
		explicit Pinned(int of) : value{of} {}
		Pinned(const Pinned &) = delete;
		int value;
	};
	struct Nothing {
	};
	auto fails = []() -> Result<Pinned> { return ENODEV; };
	auto passes = [](int value) -> Result<Pinned> { return {std::in_place, value}; };
	CHECK(fails().error() == ENODEV && passes(3)->value == 3);
	const Result<Nothing> nothing{std::in_place};
	const Result<Pinned> pinned{std::in_place, 4};
	const Result<int> negative{std::in_place, -4};
	CHECK(nothing && pinned->value == 4 && *negative == -4);
	return {};
}

// all() and make_then()

Result<Counted> counted(int value)
{
	if (value < 0)
		return EIO;
	return {std::in_place, value};
}

struct Pair {
	Counted first;
	Counted second;
};

Result<Pair> pair_of(int first, int second)
{
	return all<Pair>([&] { return counted(first); }, [&] { return counted(second); });
}

Result<> all_makes_its_parts_in_order()
{
	int calls = 0;
	const auto number = [&] { return counted(++calls); };
	{
		const auto pair = KTRY((all<Pair>(number, number)));
		CHECK(pair.first.value == 1 && pair.second.value == 2 && alive == 2);
	}
	const auto mixed = all<Pair>([&] { return Counted{++calls}; }, counted(9));
	CHECK(mixed && mixed->first.value == 3 && mixed->second.value == 9 && alive == 2);
	return {};
}

Result<> all_ends_at_the_first_error()
{
	int calls = 0;
	const auto fails = [&]() -> Result<Counted> {
		++calls;
		return ENODEV;
	};
	CHECK((all<Pair>(fails, fails).error() == ENODEV && calls == 1));
	CHECK(pair_of(1, -1).error() == EIO && alive == 0);
	CHECK(pair_of(-1, 1).error() == EIO && alive == 0);
	CHECK(pair_of(1, 2)->second.value == 2);
	CHECK(alive == 0);
	const auto step = [](int value) { return [=] { return to_result(value); }; };
	CHECK((all<Pair>([] { return counted(1); }, step(-5), [] { return counted(2); }).error() ==
	       EIO));
	CHECK((all<Pair>(step(0), [] { return counted(1); }, [] { return counted(2); })));
	return {};
}

int order; // of destruction: a digit each

struct Ordered {
	explicit Ordered(int v) : digit{v} {}
	Ordered(Ordered &&other) noexcept : digit{std::exchange(other.digit, 0)} {}
	~Ordered()
	{
		if (digit != 0)
			order = order * 10 + digit;
	}
	int digit;
};

Result<> all_destroys_the_last_one_first()
{
	struct Three {
		Ordered a;
		Ordered b;
		Ordered c;
	};
	const auto made = [](int digit) {
		return [=]() -> Result<Ordered> { return {std::in_place, digit}; };
	};
	order = 0;
	CHECK((all<Three>(made(1), made(2), []() -> Result<Ordered> { return EIO; }).error() ==
	       EIO));
	CHECK(order == 21);
	order = 0;
	CHECK((all<Three>(made(1), made(2), made(3))));
	CHECK(order == 321);
	return {};
}

struct Started : Fixed {
	Started(int value, int error) : Fixed{value}, error_{error} {}
	Result<> start() { return to_result(self == this ? error_ : -22); }

private:
	int error_;
};

Result<> make_then_starts_what_does_not_move()
{
	{
		const auto started = make_then<Started>(&Started::start, 3, 0);
		CHECK(started && started->value == 3 && started->self == &*started && alive == 1);
	}
	CHECK(make_then<Started>(&Started::start, 3, -5).error() == EIO && alive == 0);
	const auto step = [](Fixed &fixed) -> Result<> {
		fixed.value = 7;
		return {};
	};
	CHECK(make_then<Fixed>(step, 3)->value == 7);
	CHECK(alive == 0);
	return {};
}

// KTRY(), where it may stand: the error comes when something is made already

Result<Counted> no()
{
	return ENODATA;
}

int sum(const Counted &a, const Counted &b)
{
	return a.value + b.value;
}

int taken(Counted a, Counted b)
{
	return sum(a, b);
}

Counted operator+(const Counted &a, const Counted &b)
{
	return Counted{sum(a, b)};
}

struct Taken {
	Taken(Counted a, const Counted &b) : value{sum(a, b)} {}
	int value;
};

struct Only {
	Counted part;
};

#define TRIES(name, ...)                                                                           \
	Result<int> name()                                                                         \
	{                                                                                          \
		Counted local{1};                                                                  \
		__VA_ARGS__;                                                                       \
		return {std::in_place, local.value};                                               \
	}
TRIES(variable, const Counted made = KTRY(no()); local.value = made.value)
TRIES(second_variable, const Counted a = KTRY(counted(1)), b = KTRY(no()); local.value = sum(a, b))
TRIES(statement, KTRY(no()))
TRIES(condition, if (KTRY(no()).value == 1) local.value = 2)
TRIES(loop, for (Counted i{0}; i.value < KTRY(no()).value; ++i.value) local.value = i.value)
TRIES(value_arguments, local.value = taken(Counted{1}, KTRY(no())))
TRIES(value_arguments_reversed, local.value = taken(KTRY(no()), Counted{1}))
TRIES(tried_arguments, local.value = taken(KTRY(counted(1)), KTRY(no())))
TRIES(reference_arguments, local.value = sum(Counted{1}, KTRY(no())))
TRIES(nested_arguments, local.value = sum(Counted{1}, Counted{taken(Counted{2}, KTRY(no()))}))
TRIES(tried_call, local.value = KTRY(counted(taken(Counted{1}, KTRY(no())))).value)
TRIES(operands, local.value = (Counted{1} + KTRY(no())).value)
TRIES(operands_in_a_row, local.value = (Counted{1} + Counted{2} + KTRY(no())).value)
TRIES(member_of_a_temporary, local.value = Counted{1}.twice() + KTRY(no()).twice())
TRIES(either, local.value = Counted{1}.value == 1 ? KTRY(no()).value : 3)
TRIES(comma, local.value = (static_cast<void>(Counted{1}), KTRY(no()).value))
TRIES(assigned, local = KTRY(no()))
TRIES(only_element, const Only only{KTRY(no())}; local.value = only.part.value)
TRIES(
	element_behind_a_number,
	struct Speed {
		int number;
		Counted part;
	} speed{3, KTRY(no())};
	local.value = speed.part.value)
TRIES(only_capture, auto call = [made = KTRY(no())] { return made.value; }; local.value = call())
TRIES(
	capture_behind_a_reference,
	auto call = [&local, made = KTRY(no())] { return sum(local, made); };
	local.value = call())
TRIES(in_place, const Result<Pair> pair{std::in_place, KTRY(counted(1)), KTRY(no())};
      local.value = pair->first.value)
TRIES(
	in_a_lambda,
	auto call = [&]() -> Result<int> { return {std::in_place, taken(Counted{1}, KTRY(no()))}; };
	local.value = KTRY(call()))
#undef TRIES

Result<> ktry_leaves_nothing_behind()
{
	for (const auto position : {variable,
				    second_variable,
				    statement,
				    condition,
				    loop,
				    value_arguments,
				    value_arguments_reversed,
				    tried_arguments,
				    reference_arguments,
				    nested_arguments,
				    tried_call,
				    operands,
				    operands_in_a_row,
				    member_of_a_temporary,
				    either,
				    comma,
				    assigned,
				    only_element,
				    element_behind_a_number,
				    only_capture,
				    capture_behind_a_reference,
				    in_place,
				    in_a_lambda}) {
		CHECK(position().error() == ENODATA);
		CHECK(alive == 0);
	}
	return {};
}

Result<> result_goes_on_with_its_value()
{
	const auto half = [](int n) -> Result<int> {
		if (n % 2 != 0)
			return EINVAL;
		return {std::in_place, n / 2};
	};
	Result<int> eight = 8;
	const Result<int> failed = EIO;
	CHECK(*eight.and_then(half).and_then(half) == 2 && failed.and_then(half).error() == EIO);
	CHECK(eight.and_then(half).and_then([](int &&n) -> Result<> {
		if (n != 4)
			return EIO;
		return {};
	}));
	const auto text = [](int n) { return n == 8 ? 'a' : 'b'; };
	static_assert(std::is_same_v<decltype(eight.transform(text)), Result<char>>);
	CHECK(*eight.transform(text) == 'a' && failed.transform(text).error() == EIO);
	CHECK(eight.transform([](int &n) { n = 9; }) && *eight == 9);
	auto box = Box<int>::make(GFP_KERNEL, 3);
	auto moved = std::move(box).transform([](Box<int> b) { return b; });
	CHECK(moved && **moved == 3);
	return {};
}

Result<> result_goes_on_with_its_error()
{
	const auto absent = [](Error error) { return error == ENOENT ? ENODEV : error; };
	const auto nought = [](Error error) -> Result<int> {
		if (error != ENOENT)
			return error;
		return 0;
	};
	const Result<int> eight = 8;
	const Result<int> failed = ENOENT;
	CHECK(*eight.or_else(nought) == 8 && *failed.or_else(nought) == 0);
	CHECK(Result<int>{EIO}.or_else(nought).error() == EIO);
	CHECK(*eight.transform_error(absent) == 8 &&
	      failed.transform_error(absent).error() == ENODEV);
	CHECK(Result<>{}.transform_error(absent) &&
	      Result<>{ENOENT}.transform_error(absent).error() == ENODEV);
	CHECK(eight.error_or(EPERM) == EPERM && failed.error_or(EPERM) == ENOENT);
	auto box = Box<int>::make(GFP_KERNEL, 3).or_else([](Error error) -> Result<Box<int>> {
		return error;
	});
	CHECK(box && **box == 3);
	return {};
}

constexpr Behaviour behaviours[] = {
	BEHAVES(c_returns_become_values_or_errors),
	BEHAVES(c_pointers_become_values_or_errors),
	BEHAVES(result_is_made_of_an_error_or_in_place),
	BEHAVES(result_goes_on_with_its_value),
	BEHAVES(result_goes_on_with_its_error),
	BEHAVES(all_makes_its_parts_in_order),
	BEHAVES(all_ends_at_the_first_error),
	BEHAVES(all_destroys_the_last_one_first),
	BEHAVES(make_then_starts_what_does_not_move),
	BEHAVES(ktry_leaves_nothing_behind),
};

struct Results {
	static Result<Results> init(ThisModule & /*self*/)
	{
		for (const Behaviour &behaviour : behaviours)
			report(behaviour);
		return {std::in_place};
	}
};

} // namespace

KERNEL_MODULE(Results);
