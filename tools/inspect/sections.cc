// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "inspect/sections.hpp"

#include <algorithm>
#include <array>
#include <elf.h>
#include <fmt/core.h>

namespace kcxx
{

namespace
{

struct Unwanted {
	std::string_view name;   // name, or its part before a '.'
	std::string_view why;    // why the section is refused
	std::string_view option; // option of kernels that support it; empty: none does
};

constexpr std::array unwanted_sections = {
	Unwanted{".init_array", "static constructors, which this kernel does not run",
		 "CONFIG_CONSTRUCTORS"},
	Unwanted{".ctors", "static constructors, which this kernel does not run",
		 "CONFIG_CONSTRUCTORS"},
	Unwanted{".preinit_array", "static constructors, which no kernel runs", ""},
	Unwanted{".fini_array", "static destructors, which no kernel runs", ""},
	Unwanted{".dtors", "static destructors, which no kernel runs", ""},
	Unwanted{".eh_frame", "unwind tables of exceptions, which take memory for nothing",
		 "CONFIG_UNWIND_PATCH_PAC_INTO_SCS"},
	Unwanted{".gcc_except_table", "exceptions, which no kernel can catch", ""},
	Unwanted{".tdata", "thread-local variables, which no kernel has", ""},
	Unwanted{".tbss", "thread-local variables, which no kernel has", ""},
};

bool is_named(std::string_view section, std::string_view name)
{
	return section.starts_with(name) &&
	       (section.size() == name.size() || section[name.size()] == '.');
}

// The kernel's loader needs both: a symbol table to relocate, and .this_module to identify the
// module.
void check_structure(const ModuleElf &module, std::vector<Problem> &problems)
{
	constexpr std::string_view this_module = ".gnu.linkonce.this_module";
	const auto tables = std::ranges::count(module.sections, SHT_SYMTAB, &Section::type);
	if (tables != 1)
		problems.push_back(
			{.kind = "symbol-table",
			 .text = fmt::format("{} symbol tables, where the kernel needs "
					     "one{}",
					     tables, tables == 0 ? ": it was stripped" : "")});
	const Section *section = module.section(this_module);
	if (section == nullptr || (section->flags & SHF_ALLOC) == 0 || section->bytes.empty())
		problems.push_back(
			{.kind = "module-structure",
			 .subject = std::string(this_module),
			 .text = fmt::format("no section {}, by which the kernel knows a "
					     "module: modpost makes it",
					     this_module)});
}

} // namespace

std::vector<Problem> check_sections(const ModuleElf &module, const TargetKernel *kernel)
{
	std::vector<Problem> problems;
	check_structure(module, problems);
	for (const auto &section : module.sections) {
		if (section.size == 0 || (section.flags & SHF_ALLOC) == 0)
			continue;
		for (const auto &[name, why, option] : unwanted_sections)
			if (is_named(section.name, name) &&
			    (option.empty() || kernel == nullptr || !kernel->has(option)))
				problems.push_back(
					{.gravity = Gravity::warning,
					 .kind = "unwanted-section",
					 .subject = section.name,
					 .text = fmt::format("{}, {} bytes: {}", section.name,
							     section.size, why)});
	}
	for (const auto &symbol : module.symbols)
		if (symbol.section == SHN_COMMON)
			problems.push_back({.kind = "common-symbol",
					    .subject = symbol.name,
					    .text = fmt::format("{}: a common symbol; compile "
								"with -fno-common",
								symbol.name)});
	return problems;
}

} // namespace kcxx
