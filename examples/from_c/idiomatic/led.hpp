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
#pragma once

#include <linux/device.h>
#include <linux/leds.h>
#include <uapi/linux/uleds.h>

#include <kernel/error.hpp>
#include <kernel/fs.hpp>
#include <kernel/memory.hpp>
#include <kernel/sync.hpp>

/// A LED that a program shows. What C finds by container_of() is a base class here.
class Led : led_classdev
{
public:
	explicit Led(device &parent) : led_classdev{}, parent_{parent} {}
	Led(const Led &) = delete;
	Led &operator=(const Led &) = delete;
	~Led();

	/// Registers it with the name and the greatest brightness of a struct uleds_user_dev.
	///
	/// Errors: EBUSY if it is registered, EINVAL if that is no such struct, EFAULT, and those
	/// of led_classdev_register().
	kernel::Result<> register_as(kernel::UserReader &from);

	/// The brightness, once it is another than the program has read.
	///
	/// Errors: ENODEV if it is not registered, EAGAIN if there is none to read and `may_wait`
	/// is false.
	kernel::Result<int> next_brightness(bool may_wait);

	/// Makes the next read return the brightness that next_brightness() did not pass on.
	void read_again() { brightness_.lock()->unread = true; }

	kernel::PollEvents poll(kernel::PollTable &table);

private:
	struct Brightness {
		int value = 0;
		bool unread = false;
	};

	static void on_brightness(led_classdev *cdev, led_brightness value);

	device &parent_;
	kernel::Mutex<bool> registered_{LOCK_CLASS("uleds"), false};
	uleds_user_dev user_{};
	// Triggers set it in interrupts as well.
	kernel::SpinLock<Brightness, kernel::FromIrq> brightness_{LOCK_CLASS("brightness")};
	kernel::WaitQueue changed_{LOCK_CLASS("changed")};
};
