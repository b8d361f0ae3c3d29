// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The C++ side of the border: everything whose code or data depends on the kernel's configuration.

#include <cstddef>
#include <utility>

#include "shared.h"

#include <linux/fs.h>
#include <linux/slab.h>

#include <kernel/prelude.hpp>

MODULE_DESCRIPTION("What a kernel configuration can change for C++");
MODULE_LICENSE("GPL");

using namespace kernel;

extern "C" {
int border_open(const struct file_operations *ops, struct inode *inode);
int (*border_function(void))(int);
bool border_layout_is_random(void);
const std::size_t *border_marked_offsets(void);
const std::size_t *border_unmarked_offsets(void);
}

namespace
{

struct Shape {
	virtual ~Shape() = default;
	virtual int area() const = 0;
};

struct Rectangle : Shape {
	Rectangle(int w, int h) : width{w}, height{h} {}
	int area() const override { return width * height; }
	int width;
	int height;
};

struct Square : Rectangle {
	explicit Square(int side) : Rectangle{side, side} {}
	int area() const override { return 1000 + Rectangle::area(); }
};

// Opaque to the optimiser, which else knows the class and calls directly
template <typename T>
T *hidden(T *pointer)
{
	asm volatile("" : "+r"(pointer));
	return pointer;
}

template <typename Callable>
int twice(Callable callable)
{
	static int calls;
	return callable() + callable() + calls++;
}

int opened(struct inode *inode, struct file *)
{
	return inode == nullptr ? -1 : 4711;
}

bool same(const std::size_t *here, const std::size_t *in_c)
{
	for (int i = 0; i < 10; ++i)
		if (here[i] != in_c[i])
			return false;
	return true;
}

constexpr std::size_t marked_offsets[] = BORDER_OFFSETS(border_marked);
constexpr std::size_t unmarked_offsets[] = BORDER_OFFSETS(border_unmarked);

struct Border {
	Border(Box<Square> s, Vec<int> n) : square{std::move(s)}, numbers{std::move(n)} {}
	Border(const Border &) = delete;
	Border &operator=(const Border &) = delete;

	Box<Square> square;
	Vec<int> numbers;

	static Result<Border> init(ThisModule &)
	{
		auto square = KTRY(Box<Square>::make(GFP_KERNEL, 7));
		const Shape *shape = hidden<Shape>(&*square);
		int (Shape::*volatile member)() const = &Shape::area;
		pr_info("virtual %d, by member pointer %d\n", shape->area(), (shape->*member)());

		Vec<int> numbers;
		for (int i = 0; i < 100; ++i)
			KTRY(numbers.push(i, GFP_KERNEL));
		pr_info("template %d\n", twice([&] { return numbers[99]; }));

		// On the heap: its size is the kernel's business
		auto operations = KTRY(Box<struct file_operations>::make(GFP_KERNEL));
		operations->open = opened;
		auto *inode = reinterpret_cast<struct inode *>(&*operations);
		pr_info("C called C++: %d\n", border_open(&*operations, inode));
		pr_info("C++ called C: %d\n", (*hidden(border_function()))(14));
		void (*volatile give_back)(const void *) = kfree;
		give_back(nullptr);
		pr_info("the kernel's layout: %s\n",
			border_layout_is_random() ? "random" : "declared");
		pr_info("marked layout: %s\n",
			same(marked_offsets, border_marked_offsets()) ? "same" : "other");
		pr_info("unmarked layout: %s\n",
			same(unmarked_offsets, border_unmarked_offsets()) ? "same" : "other");
		return Result<Border>{std::in_place, std::move(square), std::move(numbers)};
	}

	~Border()
	{
		if (numbers.size() == 100)
			pr_info("gone, %d\n", hidden<Shape>(&*square)->area());
	}
};

} // namespace

KERNEL_MODULE(Border);
