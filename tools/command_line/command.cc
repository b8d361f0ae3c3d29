// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "command_line/command.hpp"

#include <algorithm>
#include <cctype>
#include <ranges>
#include <utility>

namespace kcxx::command_line
{

std::vector<std::string> Option::spellings() const
{
	std::vector<std::string> spellings;
	for (const auto spelling : std::views::split(names, ','))
		spellings.emplace_back(spelling.begin(), spelling.end());
	return spellings;
}

std::string Option::placeholder() const
{
	if (!choices.empty()) {
		std::string text;
		for (const auto &choice : choices)
			text += (text.empty() ? "{" : ",") + choice;
		return text + "}";
	}
	if (!value.empty())
		return value;
	std::string text = spellings().back();
	std::erase(text, '-');
	std::ranges::transform(text, text.begin(),
			       [](unsigned char letter) { return std::toupper(letter); });
	return text;
}

Option format_option(std::string &format, std::string help)
{
	return {.names = "--format",
		.target = &format,
		.help = std::move(help),
		.choices = {"text", "json"}};
}

} // namespace kcxx::command_line
