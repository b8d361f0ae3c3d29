// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "inspect/operator_new.hpp"

#include <elf.h>
#include <string_view>

namespace kcxx
{

namespace
{

// The symbols of kbuild/operator-new.h
constexpr std::string_view symbol_of_word = "kcxx_operator_new_";
constexpr std::string_view word_of_own = "own";

// operator new and operator new[], of all forms
bool is_operator_new(std::string_view name)
{
	return name.starts_with("_Znw") || name.starts_with("_Zna");
}

// Plain: without std::nothrow
bool is_plain(std::string_view name)
{
	return !name.ends_with("RKSt9nothrow_t");
}

} // namespace

std::optional<OperatorNew> find_operator_new(const ModuleElf &module)
{
	std::optional<OperatorNew> found;
	std::string flags;
	bool has_plain = false;
	for (const auto &symbol : module.symbols) {
		if (symbol.section == SHN_UNDEF)
			continue;
		if (symbol.name.starts_with(symbol_of_word)) {
			const auto given = symbol.name.substr(symbol_of_word.size());
			flags = given == word_of_own ? "" : given;
		}
		if (is_operator_new(symbol.name)) {
			found.emplace();
			has_plain = has_plain || is_plain(symbol.name);
		}
	}
	if (found) {
		found->flags = flags;
		found->or_bug = has_plain && !flags.empty();
	}
	return found;
}

} // namespace kcxx
