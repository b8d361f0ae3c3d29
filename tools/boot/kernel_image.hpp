// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Finds the bootable image of a kernel, and prepares it for a quick boot.
#pragma once

#include "architecture.hpp"
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
 * Returns the image of @release: @asked (an image, a kernel build tree, or the release or series of
 * a kernel here) if not empty, else one from the cache, /boot or /lib/modules/<release>. The Error,
 * of status unavailable, names all these places, or the damage of the image.
 */
Result<KernelImage> find_image(const Cache &cache, const std::string &release,
			       const Architecture &arch, const std::string &asked);

/**
 * Returns the kernel inside the bzImage @image as an unpacked ELF file in memory, which QEMU enters
 * at its PVH entry: the host unpacks in a fraction of the time the emulated guest takes. Returns
 * nothing if @image is no bzImage, is packed by LZO, or has no PVH entry; the caller then boots
 * @image itself. Returns an Error if @image is damaged.
 */
Result<std::optional<Fd>> unpack_bzimage(const Architecture &arch,
					 const std::filesystem::path &image);

} // namespace kcxx
