// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <array>
#include <string_view>
#include <utility>

#include <kernel/acpi.hpp>
#include <kernel/device.hpp>
#include <kernel/fs.hpp>
#include <kernel/kstrtox.hpp>
#include <kernel/module.hpp>
#include <kernel/platform.hpp>
#include <kernel/prelude.hpp>
#include <kernel/sync.hpp>

using namespace kernel;

KCXX_SAFE

MODULE_AUTHOR("kcxx contributors");
MODULE_DESCRIPTION("A platform driver with files in debugfs, and its device");
MODULE_LICENSE("Dual MIT/GPL");

namespace
{

/// The values that the files show
class Values
{
public:
	explicit Values(const char *compatible) : compatible_{compatible} {}

	[[nodiscard]] const char *compatible() const { return compatible_; }

	[[nodiscard]] u64 counter() const { return counter_.read(); }
	Result<> set_counter(u64 counter) const
	{
		counter_.set(counter);
		return {};
	}

	[[nodiscard]] Result<String> pair() const
	{
		const auto pair = pair_.lock();
		return String::format(GFP_KERNEL, "%u %u", pair->x, pair->y);
	}
	Result<> set_pair(std::string_view text) const
	{
		const auto space = text.find(' ');
		if (space == text.npos)
			return EINVAL;
		const u32 x = KTRY(parse_number<u32>(text.substr(0, space)));
		const u32 y = KTRY(parse_number<u32>(text.substr(space + 1)));
		auto pair = pair_.lock();
		pair->x = x;
		pair->y = y;
		return {};
	}
	void start() const
	{
		counter_.set(91);
		auto pair = pair_.lock();
		pair->x = std::exchange(pair->y, 42);
	}

private:
	struct Pair {
		u32 x = 3;
		u32 y = 10;
	};

	const char *compatible_; // of the property
	mutable Atomic<u64> counter_{0};
	mutable Mutex<Pair> pair_{LOCK_CLASS("pair")};
};

/// The files, which end before their folder
struct Files {
	using Compatible = DebugfsFile<ValueFile<&Values::compatible>>;
	using Counter = DebugfsFile<ValueFile<&Values::counter, &Values::set_counter>>;
	using Pair = DebugfsFile<ValueFile<&Values::pair, &Values::set_pair>>;

	DebugfsFolder folder;
	Compatible compatible;
	Counter counter;
	Pair pair;
};

class Sample
{
public:
	static constexpr platform::Ids ids{platform::id("cxx_debugfs")};
	static constexpr acpi::Ids acpi_ids{acpi::id("LNUXBEEF")};

	static Result<Sample> probe(platform::BoundDevice &device)
	{
		const char *compatible = KTRY(device.property<const char *>("compatible"));
		auto values = KTRY(Arc<Values>::make(GFP_KERNEL, compatible));
		auto folder = KTRY(DebugfsFolder::make("sample_debugfs"));
		auto first =
			KTRY(Files::Compatible::make(folder, "compatible", 0444, values.clone()));
		auto second = KTRY(Files::Counter::make(folder, "counter", 0644, values.clone()));
		auto third = KTRY(Files::Pair::make(folder, "pair", 0644, values.clone()));
		values->start();
		return Sample{Files{std::move(folder), std::move(first), std::move(second),
				    std::move(third)}};
	}

private:
	explicit Sample(Files files) : files_{std::move(files)} {}

	Files files_;
};

constexpr std::array properties{own_property("compatible", "sample-debugfs")};

struct DriverAndDevice {
	static Result<DriverAndDevice> init(ThisModule &module)
	{
		auto driver = KTRY(platform::Registration<Sample>::make(module));
		auto device = KTRY(platform::NewDevice::make("cxx_debugfs", properties));
		return {std::in_place, std::move(driver), std::move(device)};
	}

	platform::Registration<Sample> driver;
	platform::NewDevice device;
};

} // namespace

KERNEL_PLATFORM_DEVICE_TABLE(Sample);
KERNEL_MODULE(DriverAndDevice);
