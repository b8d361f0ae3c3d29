// SPDX-License-Identifier: GPL-2.0-only OR MIT
// A Kbuild project in CMake's terms: modules, their sources, and the flags of each.
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
	object, // prebuilt
};

struct Source {
	std::string path; // relative to the project
	Language language = Language::c;
	std::string option;      // kernel option that the source depends on; or empty
	std::vector<Flag> flags; // in addition to those of its module
};

struct Module {
	std::string name;
	std::vector<Source> sources;
	std::map<Language, std::vector<Flag>> flags; // shared by all sources of a language
	std::vector<std::string> requires_options;   // options of the kernel's configuration
	std::vector<std::string> uses;               // modules of the project, and files of symbols
};

struct Project {
	std::string name;
	std::string release;            // release of the kernel
	std::vector<std::string> files; // files that kcxx read
	std::vector<Module> modules;
	bool siblings_unknown = false; // CMake must find out which modules use which
	std::optional<DkmsConf> dkms;
	std::optional<DkmsConf> dkms_with_names; // dkms with $kernelver as text
	std::vector<std::string> remarks;        // the things that were not translated
};

/** Marks for the folders of the project and the kernel in flags. CMake's variables replace them. */
inline constexpr char source_mark = '\1';
inline constexpr char kernel_source_mark = '\2';
inline constexpr char kernel_build_mark = '\3';

/** Returns the project that @build, in @copy, built for @kernel. Error: an object has no source. */
Result<Project> to_project(const OwnBuild &build, const WorkingCopy &copy, const Kernel &kernel,
			   const std::filesystem::path &original);

} // namespace kcxx::from_kbuild
