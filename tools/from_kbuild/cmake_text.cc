// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "from_kbuild/cmake_text.hpp"

#include "from_kbuild/project.hpp"
#include "system/shell_word.hpp"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <numeric>

namespace kcxx::from_kbuild
{

namespace
{

std::string_view variable_of(char mark)
{
	switch (mark) {
	case source_mark:
		return "${CMAKE_CURRENT_SOURCE_DIR}";
	case kernel_source_mark:
		return "${KCXX_KERNEL_SOURCE_DIR}";
	case kernel_build_mark:
		return "${KCXX_KERNEL_BUILD_DIR}";
	default:
		return {};
	}
}

bool is_plain(std::string_view text)
{
	return !text.empty() && std::ranges::all_of(text, [](char c) {
		return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
		       std::string_view("_./+-=:,*~").contains(c) || !variable_of(c).empty();
	});
}

// Returns @text as one word for the shell: CMake's SHELL: splits words as the shell does.
std::string for_shell(const std::string &text)
{
	return is_plain(text) ? text : shell_word(text);
}

} // namespace

std::string argument(std::string_view text)
{
	std::string escaped;
	for (const char c : text) {
		if (const auto variable = variable_of(c); !variable.empty())
			escaped += variable;
		else if (std::string_view("\\\"$;").contains(c))
			escaped += {'\\', c};
		else
			escaped += c;
	}
	return is_plain(text) ? escaped : '"' + escaped + '"';
}

std::string argument(const Flag &flag)
{
	if (flag.name.empty())
		return argument(flag.text);
	// SHELL: keeps CMake from removing repeated options of one name.
	const auto words = argument(fmt::format("SHELL:{} {}", flag.name, for_shell(flag.text)));
	return words;
}

std::string call(std::string_view head, const std::vector<std::string> &arguments)
{
	constexpr size_t columns = 100;
	const auto length =
		std::accumulate(arguments.begin(), arguments.end(), head.size() + 1,
				[](size_t sum, const auto &each) { return sum + each.size() + 1; });
	if (length <= columns)
		return fmt::format("{} {})\n", head, fmt::join(arguments, " "));
	return fmt::format("{}\n  {})\n", head, fmt::join(arguments, "\n  "));
}

} // namespace kcxx::from_kbuild
