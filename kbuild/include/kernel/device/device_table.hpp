// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The ids of a driver in the module's own data, for modprobe(8) and udev(7). C API:
/// MODULE_DEVICE_TABLE() of <linux/module.h>.

#pragma once

/// Puts `table`, an array of C's ids for `bus`, where modpost finds it. `Type` is the driver.
// modpost looks for the first name, that of newer kernels (7.2) for the second one.
#define KCXX_DEVICE_TABLE(bus, Type, table)                                                        \
	extern "C" {                                                                               \
	extern const decltype(table) kcxx_##bus##_table_of_##Type asm("__mod_" #bus "__" #Type     \
								      "_device_table");            \
	[[gnu::used]] constinit const decltype(table) kcxx_##bus##_table_of_##Type = table;        \
	[[gnu::alias("__mod_" #bus "__" #Type "_device_table")]] extern const decltype(table)      \
		kcxx_##bus##_named_table_of_##Type asm("__mod_device_table__kmod_" KBUILD_MODNAME  \
						       "__" #bus "__" #Type);                      \
	}                                                                                          \
	static_assert(true)
