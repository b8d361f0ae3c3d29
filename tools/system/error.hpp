// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The message to the user of an operation that failed, and how functions pass it on.
#pragma once

#include "exit_status.hpp"

#include <expected>
#include <string>
#include <utility>

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

/**
 * The value of a Result; on an error, the calling function returns that error. A lambda names its
 * return type. Do not use it within another TRY(), nor after an element of { ... }: GCC would not
 * destroy that element.
 *
 *	const auto text = TRY(read_file(path));
 *	TRY(write_file(path, text));
 */
#define TRY(expression)                                                                            \
	({                                                                                         \
		auto tried = (expression);                                                         \
		if (!tried)                                                                        \
			return std::unexpected(std::move(tried).error());                          \
		*std::move(tried);                                                                 \
	})
