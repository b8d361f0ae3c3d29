// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The symbols that a module imports and exports.
#pragma once

#include "module/module_elf.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kcxx
{

struct Import {
	std::string name;
	std::optional<std::uint32_t> crc; // CRC in the module, if it has one
	bool weak = false;                // the symbol may be missing
};

struct Export {
	std::string name;
	std::string exporter;             // "vmlinux", or a module
	std::string name_space;           // empty: none
	std::optional<std::uint32_t> crc; // none: the exporter was built without versions
	bool gpl_only = false;
};

struct Linkage {
	std::vector<Import> imports; // by name
	std::vector<Export> exports; // by name
	// CRC of module_layout: no module imports it, but the loader checks it for each
	std::optional<std::uint32_t> layout_crc;
	bool has_versions = false; // the module has CRCs
};

/** Returns the imports and exports of @module, whose name is @name. */
Linkage read_linkage(const ModuleElf &module, const std::string &name);

} // namespace kcxx
