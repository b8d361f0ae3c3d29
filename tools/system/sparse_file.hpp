// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Files with holes, which are neither read nor written.
#pragma once

#include "system/error.hpp"

#include <cstdint>
#include <utility>
#include <vector>

namespace kcxx
{

/** The parts of the file @fd between @begin and @end that are no holes, each by begin and end. */
std::vector<std::pair<std::int64_t, std::int64_t>> data_in(int fd, std::int64_t begin,
							   std::int64_t end);

/** Copies what the file @from has between @begin and @end to the place @at in the file @to. */
Result<void> copy_data(int from, std::int64_t begin, std::int64_t end, int to, std::int64_t at);

} // namespace kcxx
