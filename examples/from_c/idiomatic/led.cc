// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Userspace driver for the LED subsystem
 *
 * Copyright (C) 2016 David Lechner <david@lechnology.com>
 *
 * Based on uinput.c: Aristeu Sergio Rozanski Filho <aris@cathedrallabs.org>
 *
 * drivers/leds/uleds.c of Linux 6.12, in idiomatic C++ for this example: the LED
 */
#include <string_view>

#include "led.hpp"

using namespace kernel;

namespace
{

bool is_proper_name(const uleds_user_dev &user)
{
	const std::string_view bytes{user.name, sizeof(user.name)};
	const auto name = bytes.substr(0, bytes.find('\0'));
	return name.size() < bytes.size() && !name.empty() && name != "." && name != ".." &&
	       !name.contains('/');
}

} // namespace

void Led::on_brightness(led_classdev *cdev, led_brightness value)
{
	auto &led = static_cast<Led &>(*cdev);
	{
		auto brightness = led.brightness_.lock();
		if (brightness->value == value)
			return;
		*brightness = {.value = value, .unread = true};
	}
	led.changed_.wake_all();
}

Led::~Led()
{
	if (*registered_.lock())
		led_classdev_unregister(this);
}

Result<> Led::register_as(UserReader &from)
{
	auto registered = registered_.lock_interruptible();
	if (!registered)
		return registered.error();
	if (*registered)
		return EBUSY;
	if (from.size() != sizeof(uleds_user_dev))
		return EINVAL;
	const auto user = KTRY(from.read<uleds_user_dev>());
	if (!is_proper_name(user) || user.max_brightness <= 0)
		return EINVAL;
	user_ = user;
	name = user_.name;
	max_brightness = static_cast<unsigned int>(user_.max_brightness);
	brightness_set = on_brightness;
	KTRY(to_result(led_classdev_register(&parent_, this)));
	brightness_.lock()->unread = true;
	*registered = true;
	return {};
}

Result<int> Led::next_brightness(bool may_wait)
{
	{
		auto registered = registered_.lock_interruptible();
		if (!registered)
			return registered.error();
		if (!*registered)
			return ENODEV;
	}
	auto brightness = brightness_.lock();
	if (!brightness->unread && !may_wait)
		return EAGAIN;
	KTRY(changed_.wait_interruptible(brightness,
					 [](const Brightness &now) { return now.unread; }));
	brightness->unread = false;
	return {std::in_place, brightness->value};
}

PollEvents Led::poll(PollTable &table)
{
	table.wait(changed_);
	return brightness_.lock()->unread ? EPOLLIN | EPOLLRDNORM : PollEvents{};
}
