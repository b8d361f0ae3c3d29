// SPDX-License-Identifier: GPL-2.0-only OR MIT
// junit.mustache, as the build took it.
#pragma once

#include <string_view>

namespace kcxx::junit
{

extern const std::string_view page_template;

} // namespace kcxx::junit
