// SPDX-License-Identifier: GPL-2.0-only OR MIT
// A checksum that finds damage, and no forgery: XXH3, which is as fast as memory is read.
#pragma once

#include "system/error.hpp"

#include <cstdint>
#include <string>

namespace kcxx
{

/**
 * Of the @size bytes at the begin of the file @fd, 32 hexadecimal digits. Its holes are read as
 * zeros, and cost nothing.
 */
Result<std::string> checksum(int fd, std::int64_t size);

} // namespace kcxx
