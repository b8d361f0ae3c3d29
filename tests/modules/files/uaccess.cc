// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// User memory, read and written as user.c asks for: a page whose bytes are 0, 1, 2 and so
/// on, after which there is none.

#include <array>
#include <cstdint>
#include <span>
#include <utility>

#include <kernel/miscdevice.hpp>
#include <kernel/nospec.hpp>
#include <kernel/page.hpp>
#include <kernel/prelude.hpp>

MODULE_LICENSE("GPL");

using kernel::E2BIG;
using kernel::EFAULT;
using kernel::EINVAL;
using kernel::GFP_KERNEL;
using kernel::PAGE_SIZE;
using kernel::Result;
using kernel::UserReader;
using kernel::UserSlice;
using kernel::UserWriter;
using kernel::Vec;

namespace
{

#define CHECK(condition)                                                                           \
	do {                                                                                       \
		if (!(condition)) {                                                                \
			pr_err("does not hold: %s\n", #condition);                                 \
			return std::unexpected(EINVAL);                                            \
		}                                                                                  \
	} while (false)

struct Pair {
	std::uint16_t low;
	std::uint16_t high;

	friend bool operator==(const Pair &, const Pair &) = default;
};

enum class Colour : std::uint8_t { black, red };

struct Nested {
	std::array<Pair, 2> pairs;
	Colour colour;
	std::array<std::uint8_t, 3> named;
};

static_assert(kernel::UserData<Nested> && kernel::UserData<std::uint64_t>);
static_assert(!kernel::UserData<bool> && !kernel::UserData<void *> && !kernel::UserData<double>);

Result<> reads_values_in_their_order(unsigned long page)
{
	UserReader reader = UserSlice{page, 16}.reader();
	CHECK(KTRY(reader.read<std::uint8_t>()) == 0 && reader.size() == 15);
	CHECK((KTRY(reader.read<std::uint16_t>()) == 0x0201));
	CHECK((KTRY(reader.read<Pair>()) == Pair{0x0403, 0x0605}));
	KTRY(reader.skip(1));
	CHECK(KTRY(reader.read<std::uint64_t>()) == 0x0f0e0d0c0b0a0908 && reader.empty());
	CHECK(reader.passed() == 16);
	return {};
}

Result<> reads_a_class_of_classes(unsigned long page)
{
	UserReader reader = UserSlice{page, PAGE_SIZE}.reader();
	const Nested nested = KTRY(reader.read<Nested>());
	CHECK((nested.pairs[1] == Pair{0x0504, 0x0706}));
	CHECK(static_cast<int>(nested.colour) == 8 && nested.named[2] == 11);
	return {};
}

Result<> reads_no_more_than_the_slice(unsigned long page)
{
	UserReader reader = UserSlice{page, 5}.reader();
	CHECK(KTRY(reader.read<std::uint32_t>()) == 0x03020100);
	CHECK(reader.read<std::uint32_t>().error() == EFAULT);
	CHECK(reader.empty() && reader.read<std::uint8_t>().error() == EFAULT);
	CHECK(reader.skip(1).error() == EFAULT && reader.skip(0));
	return {};
}

Result<> reads_nothing_twice_after_a_fault(unsigned long page)
{
	UserReader reader = UserSlice{page + PAGE_SIZE - 2, 100}.reader();
	CHECK(reader.read<std::uint32_t>().error() == EFAULT && reader.size() == 96);
	CHECK(reader.read<std::uint8_t>().error() == EFAULT);
	return {};
}

Result<> reads_some_up_to_where_memory_ends(unsigned long page)
{
	std::array<std::byte, 8> bytes{};
	UserReader reader = UserSlice{page + PAGE_SIZE - 11, 100}.reader();
	CHECK(KTRY(reader.read_some(bytes)) == 8 && reader.size() == 92);
	CHECK(bytes[0] == std::byte{0xf5} && bytes[7] == std::byte{0xfc});
	CHECK(KTRY(reader.read_some(bytes)) == 3 && bytes[2] == std::byte{0xff});
	CHECK(reader.read_some(bytes).error() == EFAULT && reader.passed() == 11);
	UserReader last = UserSlice{page, 2}.reader();
	CHECK(KTRY(last.read_some(bytes)) == 2 && bytes[1] == std::byte{1});
	CHECK(KTRY(last.read_some(bytes)) == 0);
	return {};
}

Result<> reads_into_vectors(unsigned long page)
{
	Vec<std::uint16_t> numbers;
	KTRY(numbers.push(7, GFP_KERNEL));
	UserReader reader = UserSlice{page, PAGE_SIZE}.reader();
	KTRY(reader.read_into(numbers, 100, GFP_KERNEL));
	CHECK(numbers.size() == 101 && numbers[0] == 7 && numbers[100] == 0xc7c6);
	CHECK(reader.passed() == 200);
	CHECK(reader.read_into(numbers, ~0UL, GFP_KERNEL).error() == EFAULT);
	CHECK(numbers.size() == 101 && reader.empty());
	UserReader beyond = UserSlice{page + PAGE_SIZE - 2, 4}.reader();
	CHECK(beyond.read_into(numbers, 2, GFP_KERNEL).error() == EFAULT && numbers.size() == 101);
	return {};
}

Result<> reads_all_up_to_a_limit(unsigned long page)
{
	const Vec<char> all = KTRY(UserSlice(page, 10).reader().read_all(10, GFP_KERNEL));
	CHECK(all.size() == 10 && all[9] == 9);
	CHECK(UserSlice(page, 11).reader().read_all(10, GFP_KERNEL).error() == E2BIG);
	CHECK(UserSlice(page, ~0UL).reader().read_all(10, GFP_KERNEL).error() == E2BIG);
	CHECK(KTRY(UserSlice(page, 0).reader().read_all(10, GFP_KERNEL)).empty());
	return {};
}

Result<> refuses_addresses_of_the_kernel(unsigned long /*page*/)
{
	unsigned long secret = 5;
	const auto address = reinterpret_cast<unsigned long>(&secret);
	CHECK(UserSlice(address, 8).reader().read<std::uint64_t>().error() == EFAULT);
	CHECK(UserSlice(address, 8).writer().write(std::uint64_t{6}).error() == EFAULT);
	CHECK(UserSlice(0, 8).reader().read<std::uint64_t>().error() == EFAULT);
	CHECK(UserSlice(~0UL - 3, 8).reader().read<std::uint64_t>().error() == EFAULT);
	CHECK(secret == 5);
	return {};
}

Result<> writes_values_in_their_order(unsigned long page)
{
	UserWriter writer = UserSlice{page, 16}.writer();
	KTRY(writer.write(std::uint32_t{0xddccbbaa}));
	KTRY(writer.write(Pair{1, 2}));
	KTRY(writer.write("text"));
	const std::array<std::uint16_t, 2> numbers{0x5554, 0x5756};
	KTRY(writer.write(std::span{numbers}));
	CHECK(writer.empty() && writer.passed() == 16);
	UserReader reader = UserSlice{page, 18}.reader();
	CHECK(KTRY(reader.read<std::uint64_t>()) == 0x00020001ddccbbaa);
	CHECK(KTRY(reader.read<std::uint64_t>()) == 0x5756555474786574);
	CHECK(KTRY(reader.read<std::uint16_t>()) == 0x1110);
	return {};
}

Result<> writes_no_more_than_the_slice(unsigned long page)
{
	UserWriter writer = UserSlice{page, 5}.writer();
	CHECK(writer.write("123456").error() == EFAULT && writer.empty());
	CHECK(writer.write('7').error() == EFAULT);
	CHECK(KTRY(UserSlice(page, 1).reader().read<char>()) == 0);
	return {};
}

Result<> writes_nothing_twice_after_a_fault(unsigned long page)
{
	UserWriter writer = UserSlice{page + PAGE_SIZE - 2, 100}.writer();
	CHECK(writer.write(std::uint32_t{1}).error() == EFAULT && writer.size() == 96);
	CHECK(writer.write('1').error() == EFAULT);
	return {};
}

Result<> writes_some_up_to_where_memory_ends(unsigned long page)
{
	UserWriter writer = UserSlice{page + PAGE_SIZE - 6, 100}.writer();
	CHECK(KTRY(writer.write_some("1234")) == 4);
	CHECK(KTRY(writer.write_some("5678")) == 2);
	CHECK(writer.write_some("78").error() == EFAULT && writer.passed() == 6);
	const Vec<char> seen =
		KTRY(UserSlice(page + PAGE_SIZE - 6, 6).reader().read_all(6, GFP_KERNEL));
	CHECK(seen[0] == '1' && seen[5] == '6');
	return {};
}

Result<> reads_and_writes_the_same_slice(unsigned long page)
{
	auto [reader, writer] = UserSlice{page, 4}.reader_writer();
	while (!reader.empty())
		KTRY(writer.write(
			static_cast<std::uint8_t>(KTRY(reader.read<std::uint8_t>()) + 10)));
	CHECK(KTRY(UserSlice(page, 4).reader().read<std::uint32_t>()) == 0x0d0c0b0a);
	return {};
}

// Out of Clang's sight, as behind any reference: it does not know whether the object was used up.
#ifdef __clang__
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wconsumed"
#endif
template <typename T>
[[gnu::noinline]] T taken(T &from)
{
	return std::move(from);
}
#ifdef __clang__
#pragma clang diagnostic pop
#endif

Result<> moves_leave_nothing_behind(unsigned long page)
{
	UserReader reader = UserSlice{page, 8}.reader();
	CHECK(KTRY(reader.read<std::uint8_t>()) == 0);
	UserReader other = taken(reader);
	CHECK(reader.empty() && reader.passed() == 0 && reader.read<char>().error() == EFAULT);
	CHECK(other.size() == 7 && other.passed() == 1 && KTRY(other.read<std::uint8_t>()) == 1);
	reader = taken(other);
	CHECK(other.empty() && KTRY(reader.read<std::uint8_t>()) == 2);
	UserWriter writer = UserSlice{page, 8}.writer();
	UserWriter second = taken(writer);
	CHECK(writer.empty() && writer.write('1').error() == EFAULT && second.size() == 8);
	UserSlice slice{page, 8};
	UserSlice moved = taken(slice);
	CHECK(slice.size() == 0 && moved.size() == 8);
	return {};
}

[[gnu::noinline]] UserReader reader_of(UserSlice &slice)
{
	return std::move(slice).reader();
}

Result<> slices_are_read_once(unsigned long page)
{
	UserSlice slice{page, 8};
	CHECK(reader_of(slice).size() == 8);
	CHECK(reader_of(slice).empty());
	return {};
}

Result<> indexes_stay_inside_without_a_branch(unsigned long /*page*/)
{
	CHECK(kernel::index_nospec(0, 8) == 0 && kernel::index_nospec(7, 8) == 7);
	CHECK(kernel::index_nospec(8, 8) == 0 && kernel::index_nospec(~std::size_t{0}, 8) == 0);
	return {};
}

struct Behaviour {
	const char *name;
	Result<> (*run)(unsigned long page);
};

#define BEHAVES(name)                                                                              \
	Behaviour                                                                                  \
	{                                                                                          \
		#name, name                                                                        \
	}

constexpr std::array behaviours = {
	BEHAVES(reads_values_in_their_order),
	BEHAVES(reads_a_class_of_classes),
	BEHAVES(reads_no_more_than_the_slice),
	BEHAVES(reads_nothing_twice_after_a_fault),
	BEHAVES(reads_some_up_to_where_memory_ends),
	BEHAVES(reads_into_vectors),
	BEHAVES(reads_all_up_to_a_limit),
	BEHAVES(refuses_addresses_of_the_kernel),
	BEHAVES(writes_values_in_their_order),
	BEHAVES(writes_no_more_than_the_slice),
	BEHAVES(writes_nothing_twice_after_a_fault),
	BEHAVES(writes_some_up_to_where_memory_ends),
	BEHAVES(reads_and_writes_the_same_slice),
	BEHAVES(moves_leave_nothing_behind),
	BEHAVES(slices_are_read_once),
	BEHAVES(indexes_stay_inside_without_a_branch),
};

struct Request {
	std::uint64_t number;
	std::uint64_t page;
};

class Subject
{
public:
	static Result<Subject> open(const kernel::File & /*file*/) { return Subject{}; }

	Result<> ioctl(const kernel::File & /*file*/, kernel::IoctlCall &call) const
	{
		constexpr kernel::Iow<Request> RUN{'u', 1};
		return call
			.on(RUN,
			    [](const Request &request) -> Result<> {
				    if (request.number >= behaviours.size())
					    return std::unexpected(kernel::ENOENT);
				    const auto index =
					    kernel::index_nospec(request.number, behaviours.size());
				    const Behaviour &behaviour = behaviours[index];
				    const Result<> result = behaviour.run(request.page);
				    pr_info("%s: %s\n", behaviour.name, result ? "holds" : "fails");
				    return result;
			    })
			.result();
	}
};

struct Module {
	static Result<Module> init(kernel::ThisModule & /*self*/)
	{
		return Module{KTRY(kernel::MiscDevice<Subject>::make("kcxx_uaccess", 0600))};
	}

	kernel::MiscDevice<Subject> device;
};

} // namespace

KERNEL_MODULE(Module);
