// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Measures the parts of a module's code that are C++ and C.
#pragma once

#include "module/module_elf.hpp"

#include <cstdint>

namespace kcxx
{

enum class LanguageSource {
	debug_info, // DW_AT_language of each compile unit: exact
	symbols,    // mangled names, and the source files of local symbols
};

/** Bytes of code in sections that get memory. */
struct CodeSizes {
	LanguageSource source = LanguageSource::symbols;
	std::uint64_t cxx = 0;
	std::uint64_t c = 0;
	std::uint64_t unmangled = 0; // C or extern "C": symbols do not show which
	std::uint64_t other = 0;     // assembly and padding
};

CodeSizes measure_code(const ModuleElf &module);

} // namespace kcxx
