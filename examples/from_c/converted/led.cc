// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Userspace driver for the LED subsystem
 *
 * Copyright (C) 2016 David Lechner <david@lechnology.com>
 *
 * Based on uinput.c: Aristeu Sergio Rozanski Filho <aris@cathedrallabs.org>
 *
 * drivers/leds/uleds.c of Linux 6.12, cut in two for this example: the LED
 */
#include <linux/errno.h>
#include <linux/leds.h>
#include <linux/string.h>

#include "uleds.h"

static void uleds_brightness_set(struct led_classdev *led_cdev,
				 enum led_brightness brightness)
{
	struct uleds_device *udev = container_of(led_cdev, struct uleds_device,
						 led_cdev);

	if (udev->brightness != brightness) {
		udev->brightness = brightness;
		udev->new_data = true;
		wake_up_interruptible(&udev->waitq);
	}
}

void uleds_init_led(struct uleds_device *udev)
{
	udev->led_cdev.name = udev->user_dev.name;
	udev->led_cdev.brightness_set = uleds_brightness_set;
}

int uleds_register_led(struct uleds_device *udev, struct device *parent)
{
	const char *name;

	name = udev->user_dev.name;
	if (!name[0] || !strcmp(name, ".") || !strcmp(name, "..") ||
	    strnchr(name, sizeof(udev->user_dev.name), '/') ||
	    !strnchr(name, sizeof(udev->user_dev.name), '\0'))
		return -EINVAL;

	if (udev->user_dev.max_brightness <= 0)
		return -EINVAL;
	udev->led_cdev.max_brightness = udev->user_dev.max_brightness;

	return devm_led_classdev_register(parent, &udev->led_cdev);
}
