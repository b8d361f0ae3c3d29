// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "matrix/module_output.hpp"

#include <algorithm>
#include <fmt/core.h>
#include <functional>
#include <ranges>

namespace kcxx::matrix
{

namespace
{

using Begins = bool (*)(std::string_view line);
using Belongs = bool (*)(const Cell &cell, std::string_view line);

// Appends sections of @text to the logs. A section begins at a line that @begins accepts; the
// modules to which this line @belongs get it, and all if it belongs to none.
std::vector<std::string> split(std::string_view text, std::span<Cell *const> cells, Begins begins,
			       Belongs belongs)
{
	std::vector<std::string> logs(cells.size());
	std::vector<bool> owners(cells.size(), true);
	for (const auto part : std::views::split(text, '\n')) {
		const std::string_view line(part);
		if (begins(line)) {
			for (size_t index = 0; index < cells.size(); ++index)
				owners[index] = belongs(*cells[index], line);
			if (std::ranges::find(owners, true) == owners.end())
				owners.assign(cells.size(), true);
		}
		for (size_t index = 0; index < cells.size(); ++index)
			if (owners[index] && line.data() != text.data() + text.size())
				logs[index].append(line).append("\n");
	}
	return logs;
}

// "[3/40] Building CXX object …" of Ninja, "[ 50%] Building …" of make
bool begins_step(std::string_view line)
{
	return line.starts_with('[');
}

// An object lies in the module's own directory, see AddKernelModule.cmake.
bool is_step_of(const Cell &cell, std::string_view line)
{
	return line.contains("CMakeFiles/kcxx-" + cell.module + "/") ||
	       line.ends_with(" " + cell.module + ".ko") ||
	       line.ends_with("/" + cell.module + ".ko");
}

bool begins_report(std::string_view line)
{
	return !line.empty() && !line.starts_with(' ');
}

bool is_report_on(const Cell &cell, std::string_view line)
{
	return line.contains(": " + cell.file.string() + ": ");
}

} // namespace

std::vector<std::string> build_logs(std::string_view text, std::span<Cell *const> cells)
{
	return split(text, cells, begins_step, is_step_of);
}

std::vector<std::string> inspect_logs(std::string_view text, std::span<Cell *const> cells)
{
	return split(text, cells, begins_report, is_report_on);
}

bool has_link_of(const Cell &cell, std::string_view text)
{
	return text.contains(" " + cell.module + ".ko\n") ||
	       text.contains("/" + cell.module + ".ko\n");
}

} // namespace kcxx::matrix
