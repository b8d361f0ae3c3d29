// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The flags that a project adds to the kernel's, as a CMake author tells them apart.
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
	std::string name;    // of an option whose value is a word of its own: "-include"
	std::string text;    // the value: "NAME=1", a directory, an option
	bool before = false; // a directory that comes before those of the kernel

	bool operator==(const Flag &) const = default;
};

struct FlagChanges {
	std::vector<Flag> added;
	std::vector<Flag> removed;
};

/** What @words, the flags of an object, add to the @kernel's, and what they lack of them. */
FlagChanges changes_of_flags(const Words &kernel, const Words &words);

} // namespace kcxx::from_kbuild
