// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The sections, symbols and relocations of a .ko file, all within its size.
#pragma once

#include "system/error.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kcxx
{

struct Relocation {
	std::uint64_t offset = 0; // in the relocated section
	std::uint32_t type = 0;
	std::uint32_t symbol = 0; // index in ModuleElf::symbols
	std::int64_t addend = 0;
};

struct Section {
	std::string name;
	std::uint32_t type = 0;
	std::uint64_t flags = 0;
	std::uint64_t size = 0;
	std::uint32_t applies_to = 0;        // relocated section: index in ModuleElf::sections
	std::string_view bytes;              // empty if the file has none
	std::vector<Relocation> relocations; // only for sections that get memory in the kernel

	[[nodiscard]] bool executable() const;
};

struct Symbol {
	std::string name;
	std::uint64_t value = 0;
	std::uint64_t size = 0;
	std::uint32_t section = 0; // index in ModuleElf::sections, or SHN_UNDEF, SHN_ABS, ...
	unsigned char type = 0;    // STT_*
	unsigned char binding = 0; // STB_*
};

struct ModuleElf {
	std::filesystem::path path;
	std::shared_ptr<const std::string> bytes; // uncompressed; sections point into it
	std::uint16_t machine = 0;                // e_machine
	bool elf64_le = false;                    // 64 bits, little-endian
	std::vector<Section> sections;
	std::vector<Symbol> symbols;

	/** Returns the first section called @name; nullptr if there is none. */
	[[nodiscard]] const Section *section(std::string_view name) const;

	/** Returns the section that defines @symbol; nullptr if there is none. */
	[[nodiscard]] const Section *section_of(const Symbol &symbol) const;
};

/** No module is larger, even with debug information: about 20 times the largest of Debian. */
inline constexpr std::uintmax_t module_limit = 512U << 20U;

/** Reads the relocatable ELF file @path (.ko, or compressed); the Error is of status input. */
Result<ModuleElf> read_module_elf(const std::filesystem::path &path);

/** Returns the uncompressed content of the module file @path; an Error if it exceeds module_limit.
 */
Result<std::string> module_bytes(const std::filesystem::path &path);

/** Returns the Error for @path, which is not a module but @found. */
Error no_module(const std::filesystem::path &path, std::string found);

} // namespace kcxx
