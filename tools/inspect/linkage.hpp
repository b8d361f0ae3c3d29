// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The symbols a module takes from others, and those it gives.
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
	std::optional<std::uint32_t> crc; // the module was built with; none: it carries none
	bool weak = false;                // may be missing
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
	// CRC of module_layout, which no module imports but each is checked for
	std::optional<std::uint32_t> layout_crc;
	bool has_versions = false; // carries CRCs at all
};

/** What @module, called @name, imports and exports. */
Linkage read_linkage(const ModuleElf &module, const std::string &name);

} // namespace kcxx
