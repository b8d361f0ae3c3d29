// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The .modinfo section: strings key=value, in the order of the file.
#pragma once

#include "module/module_elf.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kcxx
{

class Modinfo
{
public:
	Modinfo() = default;
	explicit Modinfo(const ModuleElf &module);

	/** Returns the first value of @key; empty if there is none. */
	[[nodiscard]] std::string first(std::string_view key) const;

	/** Returns all values of @key. */
	[[nodiscard]] const std::vector<std::string> &all(std::string_view key) const;

	/** Returns the names of the modules it depends on, as lsmod prints them. */
	[[nodiscard]] std::vector<std::string> depends() const;

private:
	std::map<std::string, std::vector<std::string>, std::less<>> values_; // by key
};

/**
 * Returns whether @text can be the name of a module: letters, digits, '_' and '-', less than 56
 * characters, the kernel's limit. kcxx puts names into paths and commands of the guest.
 */
bool is_module_name(std::string_view text);

/** Returns @name with '_' for each '-', like the kernel. */
std::string module_name(std::string_view name);

} // namespace kcxx
