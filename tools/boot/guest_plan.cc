// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "boot/guest_plan.hpp"

#include "system/shell_word.hpp"

#include <fmt/format.h>

namespace kcxx
{

namespace
{

// A value with spaces has to reach the kernel in double quotes.
std::string parameter(const std::string &text)
{
	const auto value = text.find('=') + 1;
	if (value == 0 || text.find_first_of(" \t", value) == std::string::npos)
		return shell_word(text);
	return shell_word(text.substr(0, value) + '"' + text.substr(value) + '"');
}

} // namespace

std::string guest_path(const ModuleFile &module)
{
	return fmt::format("/kcxx/modules/{}.ko", module.name);
}

std::string insmod_words(const GuestPlan &plan, const ModuleFile &module)
{
	auto text = shell_word(guest_path(module));
	if (const auto own = plan.parameters.find(module.name); own != plan.parameters.end())
		for (const auto &one : own->second)
			text += " " + parameter(one);
	return text;
}

} // namespace kcxx
