// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Lines out of a descriptor, as they come.
#pragma once

#include <optional>
#include <string>

namespace kcxx
{

class LineReader
{
public:
	/** Reads once from @fd, which may block. False at the end of its input. */
	bool read(int fd);

	/**
	 * The next line, without its end (\n or \r\n). A line without an end is one at the end of
	 * the input, or once it is longer than 1 MiB.
	 */
	std::optional<std::string> next();

private:
	std::string pending_;
	size_t searched_ = 0; // of pending_: no newline there
	bool at_end_ = false;
};

} // namespace kcxx
