// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Userspace driver for the LED subsystem
 *
 * Copyright (C) 2016 David Lechner <david@lechnology.com>
 *
 * Based on uinput.c: Aristeu Sergio Rozanski Filho <aris@cathedrallabs.org>
 *
 * drivers/leds/uleds.c of Linux 6.12, in idiomatic C++ for this example: the file /dev/uleds
 */
#include <utility>

#include <linux/fs.h>
#include <linux/miscdevice.h>

#include <kernel/fs.hpp>
#include <kernel/module.hpp>

#include "led.hpp"

using namespace kernel;

MODULE_AUTHOR("David Lechner <david@lechnology.com>");
MODULE_DESCRIPTION("Userspace driver for the LED subsystem");
MODULE_LICENSE("GPL");

namespace
{

/// /dev/uleds: who opens it is a LED, once its name and greatest brightness were written
class Uleds
{
public:
	static Result<Uleds> open(const File &file)
	{
		stream_open(file_inode(file.raw()), file.raw());
		// misc_open() leaves the device there.
		const auto *misc = static_cast<miscdevice *>(file.raw()->private_data);
		return {std::in_place, *misc->this_device};
	}

	Result<> write(const File & /*file*/, UserReader &from, Offset & /*position*/) const
	{
		if (from.empty())
			return {};
		return led_.register_as(from);
	}

	Result<> read(const File &file, UserWriter &to, Offset & /*position*/) const
	{
		if (to.size() < sizeof(int))
			return {};
		const Result<> done = to.write(KTRY(led_.next_brightness(!file.has(O_NONBLOCK))));
		if (!done)
			led_.read_again();
		return done;
	}

	PollEvents poll(const File & /*file*/, PollTable &table) const { return led_.poll(table); }

	explicit Uleds(device &parent) : led_{parent} {}

private:
	mutable Led led_;
};

class UledsModule
{
public:
	static Result<UledsModule> init(ThisModule & /*self*/)
	{
		return UledsModule{KTRY(MiscDevice<Uleds>::make("uleds", 0600))};
	}

private:
	explicit UledsModule(MiscDevice<Uleds> device) : device_{std::move(device)} {}

	MiscDevice<Uleds> device_;
};

} // namespace

KERNEL_MODULE(UledsModule);
