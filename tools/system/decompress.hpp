// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Unpacking gzip, bzip2, xz, lzma, zstd and lz4, whichever it is.
#pragma once

#include "system/error.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace kcxx
{

/**
 * Returns the content that @bytes unpacks to, and uncompressed bytes as they are. A few bytes can
 * unpack to many gigabytes: more than @limit bytes are an Error. No other program is run.
 */
Result<std::string> decompress(std::string_view bytes, std::uintmax_t limit);

/** Returns @bytes in MiB for a message: "512 MiB". */
std::string mebibytes(std::uintmax_t bytes);

} // namespace kcxx
