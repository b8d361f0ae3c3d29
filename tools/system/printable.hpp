// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Makes text of files, programs and guests safe for terminals, pages and reports.
//
// The text then cannot move the cursor, change colours, set a title or change the direction of
// writing. All output of kcxx to a terminal passes one of these functions, or is JSON in ASCII.
#pragma once

#include <string>
#include <string_view>

namespace kcxx
{

/**
 * Returns the lines of @text, which a program or a guest wrote, as valid UTF-8. Removes colours,
 * other escape sequences and carriage returns, and replaces each other control character with
 * U+FFFD. Line feeds and tabs stay.
 */
std::string printable(std::string_view text);

/**
 * Returns @text, a string from a file or the name of a file, as valid UTF-8 on a single line.
 * Replaces each control character, even line feeds and tabs, with '?', so that the user sees it.
 */
std::string printable_line(std::string_view text);

} // namespace kcxx
