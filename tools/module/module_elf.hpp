// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The sections, symbols and relocations of a .ko file, all checked against its size.
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
	std::uint64_t offset = 0; // in the section it is for
	std::uint32_t type = 0;
	std::uint32_t symbol = 0; // index in ModuleElf::symbols
	std::int64_t addend = 0;
};

struct Section {
	std::string name;
	std::uint32_t type = 0;
	std::uint64_t flags = 0;
	std::uint64_t size = 0;
	std::uint32_t applies_to = 0;        // of relocations: index in ModuleElf::sections
	std::string_view bytes;              // empty where the file holds none
	std::vector<Relocation> relocations; // only of sections that get memory in the kernel

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

	/** The first section called @name; nullptr if there is none. */
	[[nodiscard]] const Section *section(std::string_view name) const;

	/** The section @symbol is defined in; nullptr if in none. */
	[[nodiscard]] const Section *section_of(const Symbol &symbol) const;
};

/** No module is larger, not even with debug information: some 20 times the largest of Debian. */
inline constexpr std::uintmax_t module_limit = 512U << 20U;

/** Reads the relocatable ELF file @path (.ko, or compressed); the Error is of status input. */
Result<ModuleElf> read_module_elf(const std::filesystem::path &path);

/** The content of the module file @path, uncompressed; the Error: it has more than module_limit. */
Result<std::string> module_bytes(const std::filesystem::path &path);

/** The Error that says that @path, being @found, is no module. */
Error no_module(const std::filesystem::path &path, std::string found);

} // namespace kcxx
