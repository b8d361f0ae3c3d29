// SPDX-License-Identifier: GPL-2.0-only OR MIT
// What a .ko file says of itself.
#pragma once

#include "module/modinfo.hpp"
#include "module/module_elf.hpp"
#include "system/error.hpp"

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace kcxx
{

struct ModuleFile {
	std::filesystem::path path;
	std::string name;                 // as lsmod prints it
	std::string vermagic;             // the kernel it is for, and how that was built
	std::string release;              // first word of vermagic
	std::vector<std::string> depends; // modules it names in its modinfo
	std::set<std::string> exports;    // symbols other modules may use
	std::set<std::string> undefined;  // symbols it needs
	std::vector<std::string> suites;  // unit tests in C++ that it names in its modinfo
	bool kunit = false;               // unit tests in C, for the kernel's KUnit
	std::uint16_t machine = 0;        // ELF e_machine
	bool given = true; // on the command line; false: found in the kernel's own tree
};

/** Reads @path (.ko, or compressed: .ko.xz, ...) with libelf; the Error is of status input. */
Result<ModuleFile> read_module(const std::filesystem::path &path);

} // namespace kcxx
