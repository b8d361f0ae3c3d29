// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <array>
#include <utility>

#include <kernel/device.hpp>
#include <kernel/platform.hpp>
#include <kernel/prelude.hpp>
#include <kernel/sync.hpp>
#include <kernel/sysfs.hpp>

using namespace kernel;

KCXX_SAFE

MODULE_AUTHOR("kcxx contributors");
MODULE_DESCRIPTION("A platform driver for a case fan, and the device");
MODULE_LICENSE("Dual MIT/GPL");

namespace
{

class CaseFan
{
public:
	static constexpr platform::Ids ids{platform::id("case_fan")};
	static constexpr of::Ids of_ids{of::compatible("acme,case-fan")};

	static Result<CaseFan> probe(platform::BoundDevice &device)
	{
		const char *label = KTRY(device.property<const char *>("label"));
		const u32 maximum_rpm = KTRY(device.property<u32>("maximum-rpm"));
		dev_info(device, "%s, up to %u rpm\n", label, maximum_rpm);
		return {std::in_place, label, maximum_rpm};
	}

	CaseFan(const char *label, u32 maximum_rpm) : label_{label}, maximum_rpm_{maximum_rpm} {}

	[[nodiscard]] const char *label() const { return label_; }
	[[nodiscard]] u32 rpm() const { return rpm_.read(); }
	Result<> set_rpm(u32 rpm)
	{
		if (rpm > maximum_rpm_)
			return EINVAL;
		rpm_.set(rpm);
		return {};
	}

	using Attributes =
		sysfs::Attributes<sysfs::ReadOnly<"label", &CaseFan::label>,
				  sysfs::ReadWrite<"rpm", &CaseFan::rpm, &CaseFan::set_rpm>>;

private:
	const char *label_; // of the property, which lives as long as the device
	u32 maximum_rpm_;
	Atomic<u32> rpm_{0};
};

constexpr std::array rear_fan{own_property("label", "rear"),
			      own_property("maximum-rpm", u32{1200})};

struct CaseFans {
	static Result<CaseFans> init(ThisModule &module)
	{
		auto driver = KTRY(platform::Registration<CaseFan>::make(module));
		auto device = KTRY(platform::NewDevice::make("case_fan", rear_fan));
		return {std::in_place, std::move(driver), std::move(device)};
	}

	platform::Registration<CaseFan> driver;
	platform::NewDevice device; // ends before its driver
};

} // namespace

KERNEL_PLATFORM_DEVICE_TABLE(CaseFan);
KERNEL_MODULE(CaseFans);
