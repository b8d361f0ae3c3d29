// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The texts of *.mustache, the templates of the reports, which the program contains.
#pragma once

#include <string_view>

namespace kcxx::matrix
{

extern const std::string_view html_template;

} // namespace kcxx::matrix
