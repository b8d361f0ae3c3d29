// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Whole files as strings.
#pragma once

#include "system/error.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace kcxx
{

/** Of a file that is read whole: no kernel and no module is as large. */
inline constexpr std::uintmax_t largest_read = std::uintmax_t{2} << 30U;

/** The content of the file @path, of largest_read bytes at most. */
Result<std::string> read_file(const std::filesystem::path &path);

/** Makes @text the content of @path. */
Result<void> write_file(const std::filesystem::path &path, std::string_view text);

/** The same, but whole or not at all: whoever reads it meanwhile, or after a SIGKILL, finds the
 * old. */
Result<void> replace_file(const std::filesystem::path &path, std::string_view text);

/** Returns whether @path, a text of a file, leads to a place below the directory it is relative to.
 */
bool leads_below(const std::filesystem::path &path);

} // namespace kcxx
