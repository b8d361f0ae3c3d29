// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Reads and writes whole files as strings.
#pragma once

#include "system/error.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace kcxx
{

/** The size limit of read_file(): no kernel and no module is as large. */
inline constexpr std::uintmax_t largest_read = std::uintmax_t{2} << 30U;

/** Returns the content of the file @path, at most largest_read bytes. */
Result<std::string> read_file(const std::filesystem::path &path);

/** Replaces the content of the file @path with @text. */
Result<void> write_file(const std::filesystem::path &path, std::string_view text);

/** Writes atomically: a reader meanwhile, or after a SIGKILL, finds the old content. */
Result<void> replace_file(const std::filesystem::path &path, std::string_view text);

/** Returns whether @path, which was read from a file, is relative and stays below its directory. */
bool leads_below(const std::filesystem::path &path);

} // namespace kcxx
