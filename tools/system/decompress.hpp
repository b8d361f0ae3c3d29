// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Taking xz, zstd, gzip, lz4, bzip2, ... off, whichever it is.
#pragma once

#include "system/error.hpp"

#include <string>
#include <string_view>

namespace kcxx
{

/** What @bytes unpacks to; uncompressed bytes as they are. */
Result<std::string> decompress(std::string_view bytes);

} // namespace kcxx
