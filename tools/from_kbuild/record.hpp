// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The record that list-objects.mk writes of a call of Kbuild.
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
		flags; // of members and object, from the call that has the module
};

/** A variable that depends on an option of the kernel's configuration: foo-$(CONFIG_PM). */
struct Condition {
	std::filesystem::path folder;
	std::string variable; // "foo"
	std::string option;   // "CONFIG_PM"
	Words words;
};

struct Record {
	std::vector<std::filesystem::path> makefiles;
	std::filesystem::path directory; // in which compilers run
	std::vector<RecordedModule> modules;
	std::map<std::filesystem::path, Flags> objects;
	std::vector<Condition> conditions;
	std::map<std::string, Words, std::less<>> beside;
};

/** Parses @text, the record of one call of Kbuild. */
Record read_record(std::string_view text);

/** Adds @call to @record, which has the calls before it. */
void add_call(Record &&call, Record &record);

/** Splits @text into words at blanks. */
Words split_words(std::string_view text);

} // namespace kcxx::from_kbuild
