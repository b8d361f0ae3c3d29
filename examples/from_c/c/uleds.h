/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Userspace driver for the LED subsystem
 *
 * Copyright (C) 2016 David Lechner <david@lechnology.com>
 *
 * Based on uinput.c: Aristeu Sergio Rozanski Filho <aris@cathedrallabs.org>
 *
 * drivers/leds/uleds.c of Linux 6.12, cut in two for this example: what both files use
 */
#ifndef ULEDS_H
#define ULEDS_H

#include <linux/leds.h>
#include <linux/mutex.h>
#include <linux/wait.h>

#include <uapi/linux/uleds.h>

#define ULEDS_NAME	"uleds"

enum uleds_state {
	ULEDS_STATE_UNKNOWN,
	ULEDS_STATE_REGISTERED,
};

struct uleds_device {
	struct uleds_user_dev	user_dev;
	struct led_classdev	led_cdev;
	struct mutex		mutex;
	enum uleds_state	state;
	wait_queue_head_t	waitq;
	int			brightness;
	bool			new_data;
};

void uleds_init_led(struct uleds_device *udev);
int uleds_register_led(struct uleds_device *udev, struct device *parent);

#endif
