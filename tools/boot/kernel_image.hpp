// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Finding the bootable image of a kernel, and making it quick to boot.
#pragma once

#include "boot/machine.hpp"
#include "kernels/cache.hpp"
#include "system/error.hpp"
#include "system/fd.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace kcxx
{

struct KernelImage {
	std::filesystem::path path;
	std::filesystem::path modules; // the kernel's own modules; empty: not here
};

/**
 * The image of @release: @asked (an image, a kernel build tree, or the release or series of a
 * kernel here) if not empty, else from the cache, /boot, /lib/modules/<release>. The Error, of
 * status unavailable, names all places, or what is wrong with the image.
 */
Result<KernelImage> find_image(const Cache &cache, const std::string &release,
			       const Machine &machine, const std::string &asked);

/**
 * The kernel inside the bzImage @image as an unpacked ELF file in memory, which QEMU enters at its
 * PVH entry: the host unpacks in a fraction of the time the emulated guest takes. Nothing if @image
 * is no bzImage, is packed by LZO, or has no PVH entry; then boot @image itself. The Error: it is
 * damaged.
 */
Result<std::optional<Fd>> unpack_bzimage(const std::filesystem::path &image);

} // namespace kcxx
