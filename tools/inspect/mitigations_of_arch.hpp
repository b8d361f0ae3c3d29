// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The parts of read_mitigations() for each arch, and their shared functions.
#pragma once

#include "inspect/mitigations.hpp"

#include <functional>

namespace kcxx
{

/** Returns the number of relocations in the code against symbols that @matches accepts. */
std::uint64_t count_references(const ModuleElf &module,
			       const std::function<bool(std::string_view)> &matches);

/** "@count of @of @what": yes if all, partial if some, no if none, unknown if @of is 0. */
Mitigation share(std::string_view name, std::uint64_t count, std::uint64_t of,
		 std::string_view what);

/**
 * Returns the functions that are probably called by pointer: the global ones, and those whose
 * address the module holds.
 */
std::vector<Function> callable_by_pointer(const ModuleElf &module,
					  const std::vector<Function> &functions);

std::vector<Mitigation> x86_mitigations(const ModuleElf &module,
					const std::vector<Function> &functions);
std::vector<Mitigation> arm64_mitigations(const ModuleElf &module,
					  const std::vector<Function> &functions);
/** Returns the number of calls that check the type of the function: on arm64 only their BRK shows
 * them. */
std::uint64_t arm64_kcfi_traps(const std::vector<Function> &functions);
std::vector<Mitigation> riscv64_mitigations(const ModuleElf &module,
					    const std::vector<Function> &functions);

} // namespace kcxx
