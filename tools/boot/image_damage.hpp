// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Damage of a kernel image, found before a guest hangs on it.
#pragma once

#include "boot/machine.hpp"

#include <string>
#include <string_view>

namespace kcxx
{

/**
 * Returns what is wrong with the file @image as a kernel for @machine; empty if its headers, its
 * length and the checksums that it carries are right. The compressed kernel in a bzImage is not
 * unpacked: see unpack_kernel().
 */
std::string damage_in(std::string_view image, const Machine &machine);

/** Whether @image is a bzImage, by its header. */
bool is_bzimage(std::string_view image);

/** The kernel that was unpacked, or what is wrong with it. */
struct UnpackedKernel {
	std::string elf; // empty: in a format that kcxx does not unpack
	std::string damage;
};

/** Unpacks the kernel in the bzImage @image, and checks its length, its checksum and its ELF
 * headers. */
UnpackedKernel unpack_kernel(std::string_view image);

} // namespace kcxx
