// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "inspect/languages.hpp"

#include "inspect/mitigations.hpp"
#include "module/debug_info.hpp"

#include <algorithm>
#include <array>
#include <dwarf.h>
#include <elf.h>
#include <elfutils/libdw.h>
#include <filesystem>
#include <optional>
#include <unordered_set>

namespace kcxx
{

namespace
{

enum class Language {
	other,
	c,
	cxx,
};

void add(CodeSizes &sizes, Language language, std::uint64_t bytes)
{
	if (language == Language::cxx)
		sizes.cxx += bytes;
	else if (language == Language::c)
		sizes.c += bytes;
}

Language of_dwarf(int language)
{
	switch (language) {
	case DW_LANG_C_plus_plus:
	case DW_LANG_C_plus_plus_03:
	case DW_LANG_C_plus_plus_11:
	case DW_LANG_C_plus_plus_14:
	case 0x2b: // C++17 and C++20, later additions to DWARF 5
	case 0x2c:
		return Language::cxx;
	case DW_LANG_C:
	case DW_LANG_C89:
	case DW_LANG_C99:
	case DW_LANG_C11:
	case 0x2d: // C17
		return Language::c;
	default:
		return Language::other;
	}
}

// Code of sections that the linker dropped is at address 0. Many units can share the same long list
// of ranges, so @left limits the number of ranges that are read.
std::uint64_t code_bytes(Dwarf_Die *unit, size_t &left)
{
	std::uint64_t bytes = 0;
	Dwarf_Addr base = 0;
	Dwarf_Addr start = 0;
	Dwarf_Addr end = 0;
	for (ptrdiff_t offset = 0;
	     left > 0 && (offset = dwarf_ranges(unit, offset, &base, &start, &end)) > 0; --left)
		if (start != 0 && end > start)
			bytes += end - start;
	return bytes;
}

// Returns nothing if the module has no debug information for code, or more than libdw may unpack.
std::optional<CodeSizes> by_debug_info(const ModuleElf &module)
{
	const auto information = DebugInfo::of(module);
	if (!information)
		return std::nullopt;
	Dwfl_Module *reported = information->module();
	CodeSizes sizes{.source = LanguageSource::debug_info};
	Dwarf_Addr bias = 0;
	size_t ranges = information->file_size(); // each range takes at least a byte
	for (Dwarf_Die *unit = dwfl_module_nextcu(reported, nullptr, &bias); unit != nullptr;
	     unit = dwfl_module_nextcu(reported, unit, &bias))
		add(sizes, of_dwarf(dwarf_srclang(unit)), code_bytes(unit, ranges));
	if (sizes.cxx + sizes.c == 0 || ranges == 0)
		return std::nullopt;
	return sizes;
}

Language of_source(const std::string &file)
{
	constexpr std::array<std::string_view, 5> suffixes = {".cc", ".cpp", ".cxx", ".C", ".c++"};
	const auto suffix = std::filesystem::path(file).extension().string();
	if (suffix == ".c")
		return Language::c;
	return std::ranges::find(suffixes, suffix) != suffixes.end() ? Language::cxx
								     : Language::other;
}

// Local symbols follow the name of their source file in the symbol table; global ones do not.
CodeSizes by_symbols(const ModuleElf &module)
{
	CodeSizes sizes;
	auto file = Language::other;
	std::uint64_t unmangled = 0;
	bool cxx = false;
	bool c = false;
	std::unordered_set<const Symbol *> functions;
	for (const auto &function : functions_of(module))
		functions.insert(function.symbol);
	for (const auto &symbol : module.symbols) {
		if (symbol.type == STT_FILE) {
			file = of_source(symbol.name);
			const bool modpost = symbol.name.ends_with(".mod.c") ||
					     symbol.name.ends_with("module-common.c");
			cxx |= file == Language::cxx;
			c |= file == Language::c && !modpost; // modpost's files have no code
		}
		if (!functions.contains(&symbol))
			continue;
		if (symbol.name.starts_with("_Z"))
			add(sizes, Language::cxx, symbol.size);
		else if (symbol.binding == STB_LOCAL && file != Language::other)
			add(sizes, file, symbol.size);
		else
			unmangled += symbol.size;
	}
	// An unmangled function may be extern "C" or C: certain only if all files are of one
	// language.
	if (cxx != c)
		add(sizes, cxx ? Language::cxx : Language::c, unmangled);
	else
		sizes.unmangled = unmangled;
	return sizes;
}

} // namespace

CodeSizes measure_code(const ModuleElf &module)
{
	std::uint64_t code = 0;
	for (const auto &section : module.sections)
		if (section.executable())
			code += section.bytes.size();
	auto sizes = by_debug_info(module).value_or(by_symbols(module));
	sizes.other = code - std::min(code, sizes.cxx + sizes.c + sizes.unmangled);
	return sizes;
}

} // namespace kcxx
