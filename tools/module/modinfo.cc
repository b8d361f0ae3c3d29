// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "module/modinfo.hpp"

#include <algorithm>
#include <cctype>
#include <sstream>

namespace kcxx
{

Modinfo::Modinfo(const ModuleElf &module)
{
	const Section *section = module.section(".modinfo");
	std::string_view text = section != nullptr ? section->bytes : std::string_view();
	while (!text.empty()) {
		const auto entry = text.substr(0, text.find('\0'));
		text.remove_prefix(std::min(text.size(), entry.size() + 1));
		if (const auto equals = entry.find('='); equals != std::string_view::npos)
			values_[std::string(entry.substr(0, equals))].emplace_back(
				entry.substr(equals + 1));
	}
}

std::string Modinfo::first(std::string_view key) const
{
	const auto &values = all(key);
	return values.empty() ? std::string() : values.front();
}

const std::vector<std::string> &Modinfo::all(std::string_view key) const
{
	static const std::vector<std::string> none;
	const auto found = values_.find(key);
	return found != values_.end() ? found->second : none;
}

std::vector<std::string> Modinfo::depends() const
{
	std::vector<std::string> modules;
	std::istringstream names(first("depends"));
	for (std::string name; std::getline(names, name, ',');)
		if (!name.empty())
			modules.push_back(module_name(name));
	return modules;
}

bool is_module_name(std::string_view text)
{
	constexpr size_t size = 64 - sizeof(unsigned long); // MODULE_NAME_LEN
	return !text.empty() && text.size() < size &&
	       std::ranges::all_of(
		       text,
		       [](unsigned char c) {
			       return (c < 0x80 && std::isalnum(c) != 0) || c == '_' || c == '-';
		       });
}

std::string module_name(std::string_view name)
{
	std::string result(name);
	std::ranges::replace(result, '-', '_');
	return result;
}

} // namespace kcxx
