// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Finds mitigations, and hooks of the kernel, in a module's code: from its bytes, relocations and
// symbols, never from records of its build.
//
// Instructions of x86 have no fixed length and are not decoded here. Only relocations and the first
// and last bytes of functions are read, because their meaning is certain.
#pragma once

#include "module/module_elf.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kcxx
{

enum class Presence {
	no,
	partial,
	yes,
	unknown, // this file does not show it
};

std::string_view to_string(Presence presence);

struct Mitigation {
	std::string_view name; // name in both reports: "return-thunks"
	Presence presence = Presence::unknown;
	std::string evidence;               // "11 of 11 functions"
	std::optional<std::uint64_t> count; // the first number of the evidence, if it has one
	std::optional<std::uint64_t> of;
};

/** A function in the code of a module. */
struct Function {
	const Symbol *symbol = nullptr;
	std::string_view bytes; // empty if the symbol has no size
	std::string_view entry; // from its first byte to the end of the section
};

/** Returns the functions of @module, without padding and type symbols (__pfx_, __cfi_). */
std::vector<Function> functions_of(const ModuleElf &module);

std::vector<Mitigation> read_mitigations(const ModuleElf &module);

} // namespace kcxx
