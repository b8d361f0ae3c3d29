// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <utility>

#include <kernel/prelude.hpp>

using kernel::GFP_KERNEL;
using kernel::Result;
using kernel::ThisModule;
using kernel::Vec;

KCXX_SAFE

MODULE_AUTHOR("kcxx contributors");
MODULE_DESCRIPTION("C++ out-of-tree sample");
MODULE_LICENSE("Dual MIT/GPL");

namespace
{

class Hello
{
public:
	static Result<Hello> init(ThisModule & /*self*/)
	{
		pr_info("C++ out-of-tree sample (init)\n");

		Vec<int> numbers;
		KTRY(numbers.push(72, GFP_KERNEL));
		KTRY(numbers.push(108, GFP_KERNEL));
		KTRY(numbers.push(200, GFP_KERNEL));

		return {std::in_place, std::move(numbers)};
	}

	explicit Hello(Vec<int> numbers) : numbers_{std::move(numbers)} {}
	Hello(const Hello &) = delete;
	Hello &operator=(const Hello &) = delete;

	~Hello()
	{
		pr_info("My numbers are [%d, %d, %d]\n", numbers_[0], numbers_[1], numbers_[2]);
		pr_info("C++ out-of-tree sample (exit)\n");
	}

private:
	Vec<int> numbers_;
};

} // namespace

KERNEL_MODULE(Hello);
