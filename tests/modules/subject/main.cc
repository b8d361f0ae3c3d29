// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The language at work, in functions whose code shows the kernel's defences; each logs what it
// gave.
#include <array>
#include <expected>
#include <kernel/prelude.hpp>
#include <optional>
#include <span>
#include <utility>
MODULE_LICENSE("GPL");
using namespace kernel;

extern "C" int by_pointer(int (*function)(int), int x);
extern "C" [[gnu::noinline]] int by_pointer(int (*function)(int), int x)
{
	return function(x) + 1;
}

extern "C" void fill(char *text, unsigned int length);
extern "C" [[gnu::noinline]] void fill(char *text, unsigned int length)
{
	for (unsigned int i = 0; i < length; i++)
		const_cast<volatile char *>(text)[i] = 'k';
}

extern "C" int on_stack();
extern "C" [[gnu::noinline]] int on_stack()
{
	char text[40];
	fill(text, sizeof(text));
	return text[39];
}

extern "C" int sum(const int *values, unsigned long count);
extern "C" [[gnu::noinline]] int sum(const int *values, unsigned long count)
{
	int total = 0;
	for (int value : std::span{values, count})
		total += value;
	return total;
}

extern "C" int held(std::optional<int> value);
extern "C" [[gnu::noinline]] int held(std::optional<int> value)
{
	return value.value();
}

namespace
{

struct Shape {
	virtual int area() const = 0;
	virtual ~Shape() = default;
};
struct Named {
	virtual int name() const = 0;
	virtual ~Named() = default;
};
struct Square : Shape, Named {
	explicit Square(int s) : side{s} {}
	int area() const override { return side * side; }
	int name() const override { return 'S' + side; }
	int side;
};

template <typename T>
T *hidden(T *pointer)
{
	asm("" : "+r"(pointer));
	return pointer;
}
[[gnu::noinline]] std::expected<int, char> half(int x)
{
	if (x % 2)
		return std::unexpected('o');
	return x / 2;
}
template <typename T>
[[gnu::noinline]] T larger(T a, T b)
{
	return a < b ? b : a;
}
int twice(int x)
{
	return 2 * x;
}

struct Subject {
	static Result<Subject> init(ThisModule &)
	{
		auto square = KTRY(Box<Square>::make(GFP_KERNEL, 7));
		Vec<int> numbers;
		for (int i = 0; i < 100; i++)
			KTRY(numbers.push(i, GFP_KERNEL));
		const std::array three{1, 2, 3};
		pr_info("virtual %d %d\n", hidden<Shape>(&*square)->area(),
			hidden<Named>(&*square)->name());
		pr_info("pointer %d\n", by_pointer(twice, 20));
		pr_info("template %d %d\n", larger(3, 4), int(larger(5L, 4L)));
		pr_info("vec %d\n", sum(&numbers[0], numbers.size()));
		pr_info("array %d\n", sum(three.data(), three.size()));
		pr_info("expected %d %c\n", half(10).value(), half(3).error());
		pr_info("stack %c\n", on_stack());
		pr_info("optional %d\n", held(8));
		return Subject{};
	}
};

} // namespace
KERNEL_MODULE(Subject);
