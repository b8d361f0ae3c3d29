// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Text of files, programs and guests, as terminals, pages and reports can show it.
//
// Nothing in such a text moves the cursor, changes a colour, sets a title or turns the direction
// of writing. All that kcxx writes to a terminal goes through one of these functions, or is JSON
// in ASCII.
#pragma once

#include <string>
#include <string_view>

namespace kcxx
{

/**
 * Returns the lines of @text, which a program or a guest wrote, as valid UTF-8. Colours and other
 * escape sequences and carriage returns are left out; U+FFFD stands for each other control
 * character. Line feeds and tabs stay.
 */
std::string printable(std::string_view text);

/**
 * Returns @text, a string of a file or the name of one, as valid UTF-8 on a single line: '?' stands
 * for each control character, line feeds and tabs among them, so that the reader sees them.
 */
std::string printable_line(std::string_view text);

} // namespace kcxx
