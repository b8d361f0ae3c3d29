// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "boot/loaded_sections.hpp"

#include "system/pattern.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <ranges>

namespace kcxx
{

namespace
{

std::uint64_t hexadecimal(std::string_view digits)
{
	std::uint64_t value = 0;
	std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
	return value;
}

} // namespace

bool SectionLines::take(std::string_view line, std::vector<LoadedSection> &sections)
{
	static const auto head = Pattern::compile(
		R"(^(?:module: )?[Ff]inal section addresses for ([A-Za-z0-9_]+):)");
	static const auto row =
		Pattern::compile(R"(^(?:module: )?\s0x([0-9a-f]+) 0x([0-9a-f]+) (\S+)$)");
	if (const auto name = head->groups_in(line); !name.empty()) {
		module_ = name[0];
		return true;
	}
	const auto words = module_.empty() ? std::vector<std::string>() : row->groups_in(line);
	if (words.empty())
		return false;
	sections.push_back({module_, words[2], hexadecimal(words[0]), hexadecimal(words[1])});
	return true;
}

std::string with_section(std::string_view line, const std::vector<LoadedSection> &sections)
{
	static const auto pattern =
		Pattern::compile(R"(^\s+(?:\[<[0-9a-f]+>\] )?0x([0-9a-f]{8,16})$)");
	const auto words = pattern->groups_in(line);
	if (words.empty())
		return std::string(line);
	const auto address = hexadecimal(words[0]);
	const auto latest = sections | std::views::reverse;
	const auto found = std::ranges::find_if(latest, [address](const LoadedSection &section) {
		return address - section.address < section.size;
	});
	if (found == latest.end())
		return std::string(line);
	return fmt::format("{} {}+{:#x} [{}]", line, found->name, address - found->address,
			   found->module);
}

} // namespace kcxx
