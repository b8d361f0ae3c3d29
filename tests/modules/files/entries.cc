// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Entries of /proc, /proc/sys and debugfs that show and set numbers; random numbers.

#include <cstdint>
#include <utility>

#include <kernel/atomic.hpp>
#include <kernel/debugfs.hpp>
#include <kernel/prelude.hpp>
#include <kernel/proc_fs.hpp>
#include <kernel/random.hpp>
#include <kernel/sysctl.hpp>
#include <kernel/text_file.hpp>

MODULE_LICENSE("GPL");

using kernel::Arc;
using kernel::DebugfsFile;
using kernel::DebugfsFolder;
using kernel::File;
using kernel::GFP_KERNEL;
using kernel::ProcFile;
using kernel::Result;
using kernel::String;
using kernel::Sysctl;
using kernel::TextFile;

namespace
{

struct Numbers {
	explicit Numbers(Sysctl registered) : speed{std::move(registered)} {}
	Numbers(const Numbers &) = delete;
	Numbers &operator=(const Numbers &) = delete;
	~Numbers() { pr_info("numbers: gone\n"); }

	[[nodiscard]] Result<String> text() const
	{
		String shown = KTRY(String::format(GFP_KERNEL, "speed %d\n", speed.value()));
		for (int i = 0; i < level.read(); ++i)
			KTRY(shown.append("level\n", GFP_KERNEL));
		return shown;
	}

	Sysctl speed;
	mutable kernel::Atomic<int> level{0};
};

/// Writing sets the level; the file cannot be read, and has no position to seek to.
class Level
{
public:
	using Data = Numbers;

	static Result<Level> open(const File & /*file*/, Arc<Numbers> numbers)
	{
		return Level{std::move(numbers)};
	}

	Result<> write(const File & /*file*/, kernel::UserReader &from,
		       kernel::Offset & /*position*/) const
	{
		const char digit = KTRY(from.read<char>());
		if (digit < '0' || digit > '9')
			return std::unexpected(kernel::EINVAL);
		numbers_->level.set(digit - '0');
		return from.skip(from.size());
	}

private:
	explicit Level(Arc<Numbers> numbers) : numbers_{std::move(numbers)} {}

	Arc<Numbers> numbers_;
};

bool random_numbers_differ()
{
	bool below = true;
	std::uint32_t seen = 0;
	for (int i = 0; i < 200; ++i) {
		const std::uint32_t number = kernel::random_below(10);
		below = below && number < 10;
		seen |= 1U << number;
	}
	return below && seen == 0x3ff && kernel::random_below(1) == 0 &&
	       kernel::random<std::uint64_t>() != kernel::random<std::uint64_t>();
}

/// A folder of debugfs ends, and its file after it: the file is gone by then, and is removed once.
Result<> outlive_the_folder(Arc<Numbers> numbers)
{
	auto folder = KTRY(DebugfsFolder::make("kcxx_early"));
	const auto file = KTRY(DebugfsFile<TextFile<Numbers>>::make(folder, "numbers", 0400,
								    std::move(numbers)));
	{
		const DebugfsFolder ended{std::move(folder)};
	}
	folder = KTRY(DebugfsFolder::make("kcxx_early")); // the name is free again
	pr_info("a file outlives its folder: holds\n");
	return {};
}

struct Module {
	static Result<Module> init(kernel::ThisModule & /*self*/)
	{
		if (random_numbers_differ())
			pr_info("random numbers: hold\n");
		auto numbers = KTRY(Arc<Numbers>::make(
			GFP_KERNEL,
			KTRY(Sysctl::make("dev/kcxx", "speed", 0644, 5, {.least = 0, .most = 9}))));
		auto proc = KTRY(
			ProcFile<TextFile<Numbers>>::make("kcxx_numbers", 0444, numbers.clone()));
		auto level = KTRY(ProcFile<Level>::make("kcxx_level", 0200, numbers.clone()));
		KTRY(outlive_the_folder(numbers.clone()));
		auto folder = KTRY(DebugfsFolder::make("kcxx"));
		auto file = KTRY(DebugfsFile<TextFile<Numbers>>::make(folder, "numbers", 0400,
								      std::move(numbers)));
		return Module{std::move(proc), std::move(level), std::move(folder),
			      std::move(file)};
	}

	ProcFile<TextFile<Numbers>> proc;
	ProcFile<Level> level;
	DebugfsFolder folder;
	DebugfsFile<TextFile<Numbers>> file;
};

} // namespace

KERNEL_MODULE(Module);
