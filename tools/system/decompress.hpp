// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Unpacks gzip, bzip2, xz, lzma, zstd and lz4; recognises the format.
#pragma once

#include "system/error.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace kcxx
{

/**
 * Returns the unpacked content of @bytes, or @bytes itself if uncompressed. A few bytes can unpack
 * to many gigabytes, so more than @limit bytes are an Error. Runs no other program.
 */
Result<std::string> decompress(std::string_view bytes, std::uintmax_t limit);

/** Returns @bytes in MiB for a message: "512 MiB". */
std::string mebibytes(std::uintmax_t bytes);

} // namespace kcxx
