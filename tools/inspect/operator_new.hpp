// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Finds a module's global operator new.
#pragma once

#include "module/module_elf.hpp"

#include <optional>
#include <string>

namespace kcxx
{

struct OperatorNew {
	std::string flags; // of KCXX_OPERATOR_NEW, as GFP_KERNEL; empty: the module defines its own
	bool or_bug = false; // whether plain new ends in a BUG() without memory
};

/** Returns the global operator new of @module; nullopt if it has none. */
std::optional<OperatorNew> find_operator_new(const ModuleElf &module);

} // namespace kcxx
