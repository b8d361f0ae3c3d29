// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Reads lines from a descriptor when they arrive.
#pragma once

#include <optional>
#include <string>

namespace kcxx
{

class LineReader
{
public:
	/** Reads once from @fd, which may block. Returns false at the end of the input. */
	bool read(int fd);

	/**
	 * Returns the next line, without its end (\n or \r\n). Text without an end is a line at the
	 * end of the input, or if it is longer than 1 MiB.
	 */
	std::optional<std::string> next();

private:
	std::string pending_;
	size_t searched_ = 0; // bytes of pending_ without a newline
	bool at_end_ = false;
};

} // namespace kcxx
