// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Which mitigations, and which hooks of the kernel, are in a module's code: read off its bytes,
// relocations and symbols, never off what its build says of itself.
//
// Instructions of x86 have no fixed length and are not decoded here. What is told of them is told
// by relocations, by the first bytes of functions and by the last: there the reading is sure.
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
	unknown, // cannot be told from this file
};

std::string_view to_string(Presence presence);

struct Mitigation {
	std::string_view name; // for people and programs: "return-thunks"
	Presence presence = Presence::unknown;
	std::string evidence;               // "11 of 11 functions"
	std::optional<std::uint64_t> count; // of what the evidence tells, where it counts
	std::optional<std::uint64_t> of;
};

/** A function in the code of a module. */
struct Function {
	const Symbol *symbol = nullptr;
	std::string_view bytes; // empty if the symbol says no size
	std::string_view entry; // from its first byte to the end of the section
};

/** The functions of @module, without the padding and type symbols (__pfx_, __cfi_) of others. */
std::vector<Function> functions_of(const ModuleElf &module);

std::vector<Mitigation> read_mitigations(const ModuleElf &module);

} // namespace kcxx
