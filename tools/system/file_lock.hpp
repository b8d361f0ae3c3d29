// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Locks between several processes of kcxx, by flock() on a file.
#pragma once

#include "system/error.hpp"
#include "system/fd.hpp"

#include <filesystem>
#include <string_view>

namespace kcxx
{

/**
 * Locks @file, which it creates if it is missing, while the descriptor, or a child's copy of it, is
 * open. If another process has the lock, prints "waiting for another kcxx that @does" and waits.
 */
Result<Fd> lock_file(const std::filesystem::path &file, std::string_view does);

} // namespace kcxx
