// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The text of junit.mustache, which the program contains.
#pragma once

#include <string_view>

namespace kcxx::junit
{

extern const std::string_view page_template;

} // namespace kcxx::junit
