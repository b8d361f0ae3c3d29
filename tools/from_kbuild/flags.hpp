// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The flags that a project adds to the kernel's, by the kinds that CMake has.
#pragma once

#include "from_kbuild/record.hpp"

#include <string>
#include <vector>

namespace kcxx::from_kbuild
{

enum class FlagKind {
	definition, // -D
	directory,  // -I
	option,
};

struct Flag {
	FlagKind kind = FlagKind::option;
	std::string name;    // option whose value is a separate word: "-include"
	std::string text;    // the value: "NAME=1", a directory, an option
	bool before = false; // the directory precedes those of the kernel

	bool operator==(const Flag &) const = default;
};

struct FlagChanges {
	std::vector<Flag> added;
	std::vector<Flag> removed;
};

/** Returns the flags that @words, those of an object, have beyond @kernel, and those of @kernel
 * that they lack. */
FlagChanges changes_of_flags(const Words &kernel, const Words &words);

} // namespace kcxx::from_kbuild
