// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Formats with braces: the text that each argument becomes, in buffers and Strings.

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <kernel/format.hpp>
#include <kernel/time.hpp>

#include <generated/kcxx-bindings.hpp>

#include "behaviours.hpp"

MODULE_LICENSE("GPL");

namespace
{

char room[256];

/// True if the format makes this text of the arguments
#define PRINTS(text, format, ...)                                                                  \
	(format_to(room, KFORMAT(format) __VA_OPT__(, ) __VA_ARGS__).value() ==                    \
	 std::string_view{text})

Result<> integers_print_as_in_c()
{
	const volatile long seen = -5;
	CHECK(PRINTS("-1 2 -3 4 -5 6", "{} {} {} {} {} {}", -1, 2U, -3L, 4UL, -5LL, 6ULL));
	CHECK(PRINTS("255 -128 65535 -5", "{} {} {} {}", std::uint8_t{255}, std::int8_t{-128},
		     std::uint16_t{65535}, seen));
	CHECK(PRINTS("-9223372036854775807 18446744073709551615", "{} {}", -INT64_MAX, UINT64_MAX));
	CHECK(PRINTS("ff FF 0xff 0377 A 255", "{:x} {:X} {:#x} {:#o} {:c} {:d}", 255, 255U, 255L,
		     255, 65, std::byte{255}));
	CHECK(PRINTS("fffffffe", "{:x}", -2));
	return {};
}

Result<> widths_are_those_of_std_format()
{
	CHECK(PRINTS("[    42] [42    ] [    42] [000042] [0x002a]",
		     "[{:6}] [{:<6}] [{:>6}] [{:06}] [{:#06x}]", 42, 42, 42, 42, 42));
	CHECK(PRINTS("[+5] [ 5] [5] [+0005]", "[{:+}] [{: }] [{:-}] [{:+05}]", 5, 5, 5, 5));
	CHECK(PRINTS("[abc   ] [   abc] [abc   ] [ab] [ab  ]",
		     "[{:6}] [{:>6}] [{: <6}] [{:.2}] [{:4.2}]", "abc", "abc", "abc", "abc",
		     std::string_view{"abc"}));
	CHECK(PRINTS("[true  ] [  true] [c  ] [1]", "[{:6}] [{:>6}] [{:3}] [{:d}]", true, true, 'c',
		     true));
	return {};
}

Result<> widths_and_precisions_may_be_arguments()
{
	const volatile int six = 6;
	const long two = 2;
	CHECK(PRINTS("[    42] [42    ] [000042] [  0x2a]", "[{:{}}] [{:<{}}] [{:0{}}] [{:#{}x}]",
		     42, six, 42, 6L, 42, std::uint8_t{6}, 42, std::size_t{6}));
	CHECK(PRINTS("[ab] [ab] [  ab] [ab  ]", "[{:.{}}] [{:.{}}] [{:>{}.{}}] [{:4.{}}]", "abc", 2,
		     std::string_view{"abc"}, two, "abc", 4, 2, std::string_view{"abc"}, 2U));
	CHECK(PRINTS("[  7] [a  ]", "[{1:{0}}] [{2:{0}.1}]", 3, 7, "abc"));
	CHECK(PRINTS("[5] [] [abc]", "[{:{}}] [{:.{}}] [{:.{}}]", 5, -six, "abc", -1,
		     std::string_view{"abc"}, ~0UL));
	CHECK(PRINTS("[  3] [-EIO  ]", "[{:{}}] [{:{}}]", Result<int>{std::in_place, 3}, 3, EIO,
		     6));
	const Result<int> failure = EIO;
	CHECK(PRINTS("[-EIO  ]", "[{:{}}]", failure, six));
	return {};
}

Result<> texts_print_to_their_end()
{
	const char *none = nullptr;
	const char array[] = "in an array";
	const std::string_view view = std::string_view{"viewed, and more"}.substr(0, 6);
	const String string = KTRY(String::from("owned", GFP_KERNEL));
	CHECK(PRINTS("in an array (null) viewed owned x", "{} {} {} {} {}", array, none, view,
		     string, 'x'));
	CHECK(PRINTS("ab []", "{} [{}]", std::array{'a', 'b'}, std::span<const char>{}));
	return {};
}

Result<> longest_view_is_cut_without_a_warning()
{
	String long_one;
	KTRY(long_one.reserve(40000, GFP_KERNEL));
	for (int i = 0; i < 40000; ++i)
		KTRY(long_one.push('x', GFP_KERNEL));
	const String printed = KTRY(String::format(GFP_KERNEL, KFORMAT("{}"), long_one));
	CHECK(printed.size() == 32767);
	return {};
}

Result<> braces_percents_and_numbers_of_arguments_hold()
{
	CHECK(PRINTS("{} 100% {5}", "{{}} 100%% {{{}}}", 5));
	CHECK(PRINTS("b a b 7", "{1} {0} {1} {2:x}", "a", "b", 7));
	CHECK(PRINTS("text alone", "text alone"));
	return {};
}

Result<> errors_print_their_names()
{
	CHECK(PRINTS("-ENOMEM [-EIO    ] [    -EIO] -22", "{} [{:8}] [{:>8}] {:d}", ENOMEM, EIO,
		     EIO, EINVAL));
	return {};
}

Result<> results_print_the_value_or_the_error()
{
	const Result<int> value{std::in_place, 42};
	const Result<int> failure = EBUSY;
	const Result<> done;
	const Result<> not_done = ENODEV;
	CHECK(PRINTS("42 -EBUSY", "{} {}", value, failure));
	CHECK(PRINTS("ok -ENODEV", "{} {}", done, not_done));
	CHECK(PRINTS("0x2a [-EBUSY  ] 1", "{0:#x} [{1:<8}] {2}", value, failure, 1));
	CHECK(PRINTS("-EIO", "{:.2}", Result<std::string_view>{EIO}));
	CHECK(PRINTS("te", "{:.2}", Result<std::string_view>{std::string_view{"text"}}));
	return {};
}

Result<> bytes_print_in_hexadecimal()
{
	const std::uint8_t mac[] = {0x02, 0x00, 0xff, 0xa0, 0x01, 0x0b};
	const std::span bytes{mac};
	CHECK(PRINTS("02 00 ff a0 01 0b 0200ffa0010b", "{} {:phN}", bytes, mac));
	CHECK(PRINTS("02:00:ff:a0:01:0b 02-00-ff-a0-01-0b 0200ffa0010b", "{:phC} {:phD} {:phN}",
		     bytes, bytes, bytes));
	CHECK(PRINTS("02 00", "{}", std::as_bytes(bytes).first(2)));
	CHECK(PRINTS("[]", "[{}]", bytes.first(0)));
	Vec<std::uint8_t> many;
	for (int i = 0; i < 100; ++i)
		KTRY(many.push(0xab, GFP_KERNEL));
	const auto text = KTRY(format_to(room, KFORMAT("{:phN}"), many));
	CHECK(text.size() == 128);
	return {};
}

Result<> pointers_print_as_the_kernels_formats_do()
{
	const std::uint8_t mac[] = {0x02, 0x00, 0xff, 0xa0, 0x01, 0x0b};
	const std::uint8_t address[] = {192, 168, 0, 1};
	CHECK(PRINTS("02:00:ff:a0:01:0b 192.168.0.1", "{:pM} {:pI4}", &mac[0], &address[0]));
	CHECK(PRINTS("02:00:ff:a0:01:0b", "{:pM}", mac));
	char printed[80];
	KTRY(to_result(bindings::snprintf(printed, sizeof(printed), "%px %20px", &mac[0],
					  static_cast<const void *>(room))));
	CHECK(PRINTS(printed, "{:px} {:20px}", &mac[0], room));
	KTRY(to_result(bindings::snprintf(printed, sizeof(printed), "%p %20p",
					  static_cast<void *>(nullptr),
					  static_cast<void *>(nullptr))));
	CHECK(PRINTS(printed, "{} {:20}", nullptr, static_cast<const int *>(nullptr)));
	return {};
}

enum Plain : unsigned char { one = 1 };

enum class State { idle, busy };

constexpr std::string_view format_as(State state)
{
	return state == State::idle ? "idle" : "busy";
}

struct Millidegrees {
	int count;
};

constexpr int format_as(const Millidegrees &temperature)
{
	return temperature.count;
}

struct Pair {
	int first;
	int second;
};

String format_as(const Pair &pair)
{
	auto text = String::format(GFP_KERNEL, KFORMAT("({}, {})"), pair.first, pair.second);
	return text ? std::move(*text) : String{};
}

Result<> types_of_the_user_print_as_they_say()
{
	CHECK(PRINTS("idle [    busy] 1", "{} [{:>8}] {}", State::idle, State::busy, one));
	CHECK(PRINTS("+21500 5 (3, 4)", "{:+} {} {}", Millidegrees{21500},
		     Result<Millidegrees>{Millidegrees{5}}, Pair{3, 4}));
	return {};
}

Result<> durations_print_with_their_units()
{
	using namespace std::chrono_literals;
	using namespace kernel::literals;
	CHECK(PRINTS("5ns 4us 3ms -2s 1min 6h 250000ns", "{} {} {} {} {} {} {}", 5ns, 4us, 3ms, -2s,
		     1min, 6h, 250_us));
	return {};
}

struct Packed {
	std::uint8_t byte;
	std::uint32_t word;
	unsigned int bits : 3;
} __attribute__((packed));

Result<> members_without_an_address_print()
{
	const Packed packed{.byte = 1, .word = 2, .bits = 3};
	CHECK(PRINTS("1 2 3", "{} {} {}", packed.byte, packed.word, packed.bits));
	return {};
}

Result<int> next(int &count)
{
	if (count == 3)
		return ENODATA;
	return {std::in_place, ++count};
}

Result<> argument_is_evaluated_once_and_may_return()
{
	int count = 0;
	CHECK(PRINTS("1 1", "{0} {0}", KTRY(next(count))));
	const auto log = [&]() -> Result<> {
		for (;;)
			CHECK(PRINTS("2", "{:.0}2", KTRY(next(count)) > 0 ? "x" : ""));
	};
	CHECK(log().error() == ENODATA && count == 3);
	return {};
}

Result<> text_that_does_not_fit_is_cut_and_reported()
{
	char small[8];
	CHECK(format_to(small, KFORMAT("{}"), 1234567).value() == "1234567");
	CHECK(format_to(small, KFORMAT("{}"), 12345678).error() == E2BIG);
	CHECK(std::string_view{small} == "1234567");
	CHECK(format_to(std::span<char>{}, KFORMAT("{}"), 1).error() == E2BIG);
	return {};
}

Result<> strings_are_made_and_grow()
{
	String name = KTRY(String::format(GFP_KERNEL, KFORMAT("pump{}"), 3));
	KTRY(name.append_format(GFP_KERNEL, KFORMAT("-{:04x}/{}"), 255U, std::string_view{"slow"}));
	CHECK(name == "pump3-00ff/slow" && name.c_str()[name.size()] == '\0');
	return {};
}

constexpr Behaviour behaviours[] = {
	BEHAVES(integers_print_as_in_c),
	BEHAVES(widths_are_those_of_std_format),
	BEHAVES(widths_and_precisions_may_be_arguments),
	BEHAVES(texts_print_to_their_end),
	BEHAVES(longest_view_is_cut_without_a_warning),
	BEHAVES(braces_percents_and_numbers_of_arguments_hold),
	BEHAVES(errors_print_their_names),
	BEHAVES(results_print_the_value_or_the_error),
	BEHAVES(bytes_print_in_hexadecimal),
	BEHAVES(pointers_print_as_the_kernels_formats_do),
	BEHAVES(types_of_the_user_print_as_they_say),
	BEHAVES(durations_print_with_their_units),
	BEHAVES(members_without_an_address_print),
	BEHAVES(argument_is_evaluated_once_and_may_return),
	BEHAVES(text_that_does_not_fit_is_cut_and_reported),
	BEHAVES(strings_are_made_and_grow),
};

struct Formats {
	static Result<Formats> init(ThisModule & /*self*/)
	{
		for (const Behaviour &behaviour : behaviours)
			report(behaviour);
		return Formats{};
	}
};

} // namespace

KERNEL_MODULE(Formats);
