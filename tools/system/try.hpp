// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Passes an error on to the caller.
#pragma once

#include <expected>
#include <utility>

/**
 * The value of a Result; on an error, the calling function returns that error. A lambda names its
 * return type. Use TRY() as an initialiser or as a statement, never within another TRY() or behind
 * an element of { ... }: GCC would not destroy that element.
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
