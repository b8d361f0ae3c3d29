// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The message to the user of an operation that failed.
#pragma once

#include "exit_status.hpp"

#include <expected>
#include <string>

namespace kcxx
{

/** An error message. Each part except @what may be empty, and is then not printed. */
struct Error {
	ExitStatus status = ExitStatus::internal;
	std::string what;
	std::string found;
	std::string needed;
	std::string fix; // the command to type
};

template <typename T>
using Result = std::expected<T, Error>;

/** Returns an Error that quotes the current errno: "@what: No such file or directory". */
Error errno_error(std::string what);

} // namespace kcxx
