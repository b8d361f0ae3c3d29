// SPDX-License-Identifier: GPL-2.0-only OR MIT
// What an operation that cannot go on tells its user.
#pragma once

#include "exit_status.hpp"

#include <expected>
#include <string>

namespace kcxx
{

/** An error message: each part but @what may be empty, and is then not shown. */
struct Error {
	ExitStatus status = ExitStatus::internal;
	std::string what;
	std::string found;
	std::string needed;
	std::string fix; // what to type
};

template <typename T>
using Result = std::expected<T, Error>;

/** An Error that quotes errno, as it is at the call: "@what: No such file or directory". */
Error errno_error(std::string what);

} // namespace kcxx
