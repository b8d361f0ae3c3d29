// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The metadata and the symbols of a .ko file.
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
	std::string name;                 // name in the output of lsmod
	std::string vermagic;             // release and configuration of its kernel
	std::string release;              // first word of vermagic
	std::vector<std::string> depends; // module names in depends= of its modinfo
	std::set<std::string> exports;    // symbols that it exports
	std::set<std::string> undefined;  // symbols that it imports
	std::vector<std::string> suites;  // suites of unit tests in C++, named in its modinfo
	bool kunit = false;               // unit tests in C, for the kernel's KUnit
	std::uint16_t machine = 0;        // ELF e_machine
	bool given = true; // on the command line; false: found in the kernel's own tree
};

/** Reads @path (.ko, or compressed: .ko.xz, ...) with libelf; the Error is of status input. */
Result<ModuleFile> read_module(const std::filesystem::path &path);

} // namespace kcxx
