// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Copies files without reading or writing their holes.
#pragma once

#include "system/error.hpp"

#include <cstdint>
#include <utility>
#include <vector>

namespace kcxx
{

/** Returns the parts of the file @fd between @begin and @end that are not holes: begin and end of
 * each. */
std::vector<std::pair<std::int64_t, std::int64_t>> data_in(int fd, std::int64_t begin,
							   std::int64_t end);

/** Copies the data of the file @from between @begin and @end to the offset @at in the file @to. */
Result<void> copy_data(int from, std::int64_t begin, std::int64_t end, int to, std::int64_t at);

} // namespace kcxx
