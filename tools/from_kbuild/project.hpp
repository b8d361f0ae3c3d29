// SPDX-License-Identifier: GPL-2.0-only OR MIT
// A Kbuild project, as CMake sees it: modules, their sources, what each is compiled with.
#pragma once

#include "from_kbuild/dkms_conf.hpp"
#include "from_kbuild/flags.hpp"
#include "from_kbuild/own_build.hpp"
#include "system/error.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kcxx::from_kbuild
{

enum class Language {
	c,
	assembly,
	cxx,
	object, // comes as it is
};

struct Source {
	std::string path; // as seen from the project
	Language language = Language::c;
	std::string option;      // of the kernel's configuration, that decides about it; or empty
	std::vector<Flag> flags; // beyond those of its module
};

struct Module {
	std::string name;
	std::vector<Source> sources;
	std::map<Language, std::vector<Flag>> flags; // of all its sources of a language
	std::vector<std::string> requires_options;   // of the kernel's configuration
	std::vector<std::string> uses;               // modules of the project, and files of symbols
};

struct Project {
	std::string name;
	std::string release;            // of the kernel that was asked
	std::vector<std::string> files; // that the project was read from
	std::vector<Module> modules;
	bool siblings_unknown = false; // CMake has to find out which modules use which
	std::optional<DkmsConf> dkms;
	std::optional<DkmsConf> dkms_with_names; // the same with $kernelver as text
	std::vector<std::string> remarks;        // what was not carried
};

/** The parts of a path in a flag that are the project's or the kernel's, for CMake to replace. */
inline constexpr char source_mark = '\1';
inline constexpr char kernel_source_mark = '\2';
inline constexpr char kernel_build_mark = '\3';

/** What @build, in @copy, made for @kernel. Error: an object without a source. */
Result<Project> to_project(const OwnBuild &build, const WorkingCopy &copy, const Kernel &kernel,
			   const std::filesystem::path &original);

} // namespace kcxx::from_kbuild
