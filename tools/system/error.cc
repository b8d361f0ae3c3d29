// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "system/error.hpp"

#include <cerrno>
#include <system_error>

namespace kcxx
{

Error errno_error(std::string what)
{
	const int number = errno;
	what += ": " + std::generic_category().message(number);
	if (number == ENOSPC)
		return {.what = std::move(what),
			.needed = "free space on that file system",
			.fix = "free some space, or set KCXX_CACHE to a directory elsewhere"};
	return {.what = std::move(what)};
}

} // namespace kcxx
