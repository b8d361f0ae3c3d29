// SPDX-License-Identifier: GPL-2.0-only OR MIT
// What list-objects.mk writes down of a call of Kbuild.
#pragma once

#include "system/error.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kcxx::from_kbuild
{

using Words = std::vector<std::string>;

/** The flags of an object, by the tags of list-objects.mk: "c", "asm", "cxx", "ld". */
using Flags = std::map<std::string, Words, std::less<>>;

struct RecordedModule {
	std::filesystem::path object; // foo.o
	std::vector<std::filesystem::path> members;
	std::map<std::filesystem::path, Flags>
		flags; // of members and object, in the call that has it
};

/** A variable that an option of the kernel's configuration decides about: foo-$(CONFIG_PM). */
struct Condition {
	std::filesystem::path folder;
	std::string variable; // "foo"
	std::string option;   // "CONFIG_PM"
	Words words;
};

struct Record {
	std::vector<std::filesystem::path> makefiles;
	std::filesystem::path directory; // where compilers run
	std::vector<RecordedModule> modules;
	std::map<std::filesystem::path, Flags> objects;
	std::vector<Condition> conditions;
	std::map<std::string, Words, std::less<>> beside;
};

/** The record @text of one call of Kbuild. */
Record read_record(std::string_view text);

/** Adds the modules of @call and what goes with them to those of calls before it. */
void add_call(Record &&call, Record &record);

/** The words of @text, at blanks. */
Words split_words(std::string_view text);

} // namespace kcxx::from_kbuild
