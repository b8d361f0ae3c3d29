// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Finds damage of a kernel image before a guest hangs on it.
#pragma once

#include "architecture.hpp"

#include <string>
#include <string_view>

namespace kcxx
{

/**
 * Returns what is wrong with the file @image as a kernel for @machine; empty if its headers, its
 * length and its checksums are right. Does not unpack the compressed kernel in a bzImage: see
 * unpack_kernel().
 */
std::string damage_in(std::string_view image, const Architecture &arch);

/** Returns whether the header of @image is that of a bzImage. */
bool is_bzimage(std::string_view image);

/** An unpacked kernel, or the reason why it is damaged. */
struct UnpackedKernel {
	std::string elf; // empty: damaged, or in a format that kcxx does not unpack
	std::string damage;
};

/** Unpacks the kernel in the bzImage @image, and checks its length, its checksum and its ELF
 * headers. */
UnpackedKernel unpack_kernel(std::string_view image);

} // namespace kcxx
