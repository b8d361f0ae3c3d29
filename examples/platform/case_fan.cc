// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <utility>

#include <linux/device.h>
#include <linux/err.h>
#include <linux/kstrtox.h>
#include <linux/platform_device.h>
#include <linux/property.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

#include <kernel/module.hpp>

using namespace kernel;

MODULE_AUTHOR("kcxx contributors");
MODULE_DESCRIPTION("A platform driver, and a device for it that a software node describes");
MODULE_LICENSE("Dual MIT/GPL");

namespace
{

// The driver

struct CaseFan {
	const char *label; // of the property, which lives as long as the device
	u32 maximum_rpm;
	u32 rpm;
};

CaseFan &fan_of(const device *dev)
{
	return *static_cast<CaseFan *>(dev_get_drvdata(dev));
}

ssize_t label_show(device *dev, device_attribute * /*attribute*/, char *page)
{
	return sysfs_emit(page, "%s\n", fan_of(dev).label);
}
DEVICE_ATTR_RO(label);

ssize_t rpm_show(device *dev, device_attribute * /*attribute*/, char *page)
{
	return sysfs_emit(page, "%u\n", READ_ONCE(fan_of(dev).rpm));
}

ssize_t rpm_store(device *dev, device_attribute * /*attribute*/, const char *text, size_t size)
{
	u32 rpm = 0;
	if (const int error = kstrtou32(text, 0, &rpm))
		return error;
	if (rpm > fan_of(dev).maximum_rpm)
		return -EINVAL;
	WRITE_ONCE(fan_of(dev).rpm, rpm);
	return static_cast<ssize_t>(size);
}
DEVICE_ATTR_RW(rpm);

attribute *case_fan_attrs[] = {&dev_attr_label.attr, &dev_attr_rpm.attr, nullptr};
ATTRIBUTE_GROUPS(case_fan);

Result<> set_up(device &dev)
{
	auto *fan = static_cast<CaseFan *>(devm_kzalloc(&dev, sizeof(CaseFan), GFP_KERNEL));
	if (fan == nullptr)
		return ENOMEM;
	KTRY(to_result(device_property_read_string(&dev, "label", &fan->label)));
	KTRY(to_result(device_property_read_u32(&dev, "maximum-rpm", &fan->maximum_rpm)));
	dev_set_drvdata(&dev, fan);
	dev_info(&dev, "%s, up to %u rpm\n", fan->label, fan->maximum_rpm);
	return {};
}

int probe(platform_device *pdev)
{
	return to_c(set_up(pdev->dev));
}

constinit platform_driver case_fan_driver = {
	.probe = probe,
	.driver = {.name = KBUILD_MODNAME, .dev_groups = case_fan_groups},
};

// The device

const property_entry rear_fan_properties[] = {
	PROPERTY_ENTRY_STRING("label", "rear"),
	PROPERTY_ENTRY_U32("maximum-rpm", 1200),
	{},
};

const platform_device_info rear_fan = {
	.name = KBUILD_MODNAME,
	.id = PLATFORM_DEVID_NONE,
	.properties = rear_fan_properties,
};

// The module

/// A registration, which ends with the object
template <typename T, void (*unregister)(T *)>
class Registered
{
public:
	explicit Registered(T *registered) : registered_{registered} {}
	Registered(Registered &&other) noexcept
	    : registered_{std::exchange(other.registered_, nullptr)}
	{
	}
	Registered(const Registered &) = delete;
	Registered &operator=(const Registered &) = delete;
	Registered &operator=(Registered &&) = delete;
	~Registered()
	{
		if (registered_ != nullptr)
			unregister(registered_);
	}

private:
	T *registered_;
};

class CaseFans
{
	using Driver = Registered<platform_driver, platform_driver_unregister>;
	using Device = Registered<platform_device, platform_device_unregister>;

public:
	static Result<CaseFans> init(ThisModule & /*self*/)
	{
		KTRY(to_result(platform_driver_register(&case_fan_driver)));
		Driver driver{&case_fan_driver};
		platform_device *device = platform_device_register_full(&rear_fan);
		if (IS_ERR(device))
			return Error{static_cast<int>(-PTR_ERR(device))};
		return {std::in_place, std::move(driver), Device{device}};
	}

	CaseFans(Driver driver, Device device)
	    : driver_{std::move(driver)}, device_{std::move(device)}
	{
	}

private:
	Driver driver_;
	Device device_; // the last member: it ends before its driver
};

} // namespace

KERNEL_MODULE(CaseFans);
