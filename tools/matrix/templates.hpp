// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The report's templates, as the build took them from *.mustache.
#pragma once

#include <string_view>

namespace kcxx::matrix
{

extern const std::string_view html_template;

} // namespace kcxx::matrix
