// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The output of a program that worked on several modules, as a log for each of them.
#pragma once

#include "matrix/model.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kcxx::matrix
{

/** Returns for each of @cells the lines of @text, of cmake --build, that are its module's own or no
 * module's. */
std::vector<std::string> build_logs(std::string_view text, std::span<Cell *const> cells);

/** Returns for each of @cells its own report in @text, of kcxx inspect. */
std::vector<std::string> inspect_logs(std::string_view text, std::span<Cell *const> cells);

/** Returns whether @text, of cmake --build, has the line of the link of @cell's module. */
bool has_link_of(const Cell &cell, std::string_view text);

} // namespace kcxx::matrix
