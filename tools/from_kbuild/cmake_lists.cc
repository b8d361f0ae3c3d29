// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "from_kbuild/cmake_lists.hpp"

#include "from_kbuild/cmake_text.hpp"
#include "from_kbuild/dkms_package.hpp"
#include "system/printable.hpp"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <ranges>

namespace kcxx::from_kbuild
{

namespace
{

bool is_before(const Flag &flag)
{
	return flag.before;
}

// Returns a name for project() and its variables.
std::string identifier(std::string_view text)
{
	std::string name;
	for (const char c : text)
		name += std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-'
				? c
				: '_';
	return name.empty() ? "modules" : name;
}

std::string_view name_of(Language language)
{
	switch (language) {
	case Language::c:
		return "C";
	case Language::assembly:
		return "ASM";
	case Language::cxx:
		return "CXX";
	case Language::object:
		break;
	}
	return {};
}

struct FlagCommand {
	FlagKind kind;
	bool before;
	std::string_view name;     // command for a target
	std::string_view property; // property of a source
};

constexpr FlagCommand commands[] = {
	{FlagKind::directory, true, "target_include_directories({} BEFORE PRIVATE",
	 "INCLUDE_DIRECTORIES"},
	{FlagKind::directory, false, "target_include_directories({} PRIVATE",
	 "INCLUDE_DIRECTORIES"},
	{FlagKind::definition, false, "target_compile_definitions({} PRIVATE",
	 "COMPILE_DEFINITIONS"},
	{FlagKind::option, false, "target_compile_options({} PRIVATE", "COMPILE_OPTIONS"},
};

std::vector<std::string> arguments_of(const std::vector<Flag> &flags, const FlagCommand &command)
{
	std::vector<std::string> arguments;
	for (const auto &flag : flags)
		if (flag.kind == command.kind && is_before(flag) == command.before)
			arguments.push_back(argument(flag));
	return arguments;
}

// Restricts @words to sources of @language.
std::vector<std::string> of_language(std::vector<std::string> words, Language language)
{
	for (auto &word : words) {
		const bool quoted = word.starts_with('"');
		word = fmt::format("\"$<$<COMPILE_LANGUAGE:{}>:{}>\"", name_of(language),
				   quoted ? word.substr(1, word.size() - 2) : word);
	}
	return words;
}

// Returns the commands for the flags of @module as a whole, or of all its sources of a language.
std::string target_flags(const Module &module)
{
	std::string text;
	for (const auto &command : commands) {
		std::vector<std::string> words;
		std::vector<std::vector<std::string>> each;
		each.reserve(module.flags.size());
		for (const auto &[language, flags] : module.flags)
			each.push_back(arguments_of(flags, command));
		const bool same = std::ranges::all_of(
			each, [&](const auto &other) { return other == each.front(); });
		if (same && !each.empty())
			words = each.front();
		else
			for (const auto &[language, flags] : module.flags)
				std::ranges::copy(
					of_language(arguments_of(flags, command), language),
					std::back_inserter(words));
		if (!words.empty())
			text += call(fmt::format(fmt::runtime(command.name), module.name), words);
	}
	return text;
}

// Returns @words as a list in one argument.
std::string joined(const std::vector<std::string> &words)
{
	std::string text;
	for (const auto &word : words)
		text += (text.empty() ? "" : ";") +
			(word.starts_with('"') ? word.substr(1, word.size() - 2) : word);
	return '"' + text + '"';
}

// Returns the commands for flags of single sources of @module that are not in @done.
std::string source_flags(const Module &module, std::vector<std::string> &done)
{
	std::string text;
	for (const auto &source : module.sources) {
		std::vector<std::string> properties;
		for (const auto &command : commands)
			if (const auto words = arguments_of(source.flags, command); !words.empty())
				properties.push_back(
					fmt::format("{} {}", command.property, joined(words)));
		if (properties.empty() || std::ranges::find(done, source.path) != done.end())
			continue;
		done.push_back(source.path);
		text += call(fmt::format("set_source_files_properties({} PROPERTIES",
					 argument(source.path)),
			     properties);
	}
	return text;
}

std::vector<std::string> paths_of(const Module &module, bool objects)
{
	std::vector<std::string> paths;
	for (const auto &source : module.sources)
		if ((source.language == Language::object) == objects)
			paths.push_back(argument(source.path));
	return paths;
}

// Returns the commands that append sources which depend on an option to the variable @list.
std::string conditional_sources(const Module &module, const std::string &list)
{
	std::string text;
	std::vector<std::string> known;
	for (const auto &source : module.sources)
		if (!source.option.empty() &&
		    std::ranges::find(known, source.option) == known.end()) {
			known.push_back(source.option);
			text += fmt::format("kcxx_config({0} {0})\n", source.option);
		}
	bool is_set = false;
	for (auto at = module.sources.begin(); at != module.sources.end();) {
		const auto end = std::find_if(at, module.sources.end(), [&](const Source &other) {
			return other.option != at->option;
		});
		std::vector<std::string> paths;
		for (const auto &source : std::ranges::subrange(at, end))
			if (source.language != Language::object)
				paths.push_back(argument(source.path));
		if (!is_set && (paths.empty() || !at->option.empty())) {
			text += fmt::format("set({})\n", list);
			is_set = true;
		}
		const auto append =
			paths.empty() ? "" : call((is_set ? "list(APPEND " : "set(") + list, paths);
		is_set = true;
		text += at->option.empty()
				? append
				: fmt::format("if({})\n  {}endif()\n", at->option, append);
		at = end;
	}
	return text;
}

std::string module_text(const Module &module, std::vector<std::string> &done)
{
	std::string text = "\n";
	auto words = paths_of(module, false);
	const bool conditional = std::ranges::any_of(
		module.sources, [](const auto &each) { return !each.option.empty(); });
	if (conditional) {
		const auto list = identifier(module.name) + "_sources";
		text += conditional_sources(module, list);
		words = {"${" + list + "}"};
	}
	if (const auto objects = paths_of(module, true); !objects.empty())
		words.push_back(fmt::format("PREBUILT {}", fmt::join(objects, " ")));
	if (!module.requires_options.empty())
		words.push_back(
			fmt::format("REQUIRES {}", fmt::join(module.requires_options, " ")));
	text += call("add_kernel_module(" + module.name, words);
	text += target_flags(module);
	text += source_flags(module, done);
	return text;
}

std::string uses_text(const Project &project)
{
	std::string text;
	for (const auto &module : project.modules) {
		std::vector<std::string> uses;
		uses.reserve(module.uses.size());
		for (const auto &other : module.uses)
			uses.push_back(argument(other));
		if (!uses.empty())
			text += call(fmt::format("target_link_libraries({} PRIVATE", module.name),
				     uses);
	}
	return text.empty() ? text : "\n" + text;
}

// Appends the module @name to @order, after the modules that it uses.
void add_needed(const Project &project, const std::string &name, std::vector<std::string> &order)
{
	const auto module = std::ranges::find(project.modules, name, &Module::name);
	if (module == project.modules.end() || std::ranges::find(order, name) != order.end())
		return;
	order.push_back(name);
	for (const auto &other : module->uses)
		add_needed(project, other, order);
}

std::string tests_text(const Project &project)
{
	std::string text = "\n# Boots a kernel that loads the modules. Where the guest lacks their "
			   "device: EXPECT_ERROR ENODEV\n"
			   "include(CTest)\nif(BUILD_TESTING)\n";
	for (const auto &module : project.modules) {
		std::vector<std::string> needed;
		if (project.siblings_unknown)
			for (const auto &other : project.modules)
				needed.push_back(other.name);
		else
			add_needed(project, module.name, needed);
		text += "  " +
			call(fmt::format("add_kernel_module_test({}.boots MODULES", module.name),
			     needed);
	}
	return text + "endif()\n";
}

std::string languages_of(const Project &project)
{
	for (const auto &module : project.modules)
		if (module.flags.contains(Language::cxx))
			return "C CXX";
	return "C";
}

// Returns the name of the project. Its folder is often called <name>-<version>.
std::string name_of(const Project &project)
{
	return project.dkms && !project.dkms->first("PACKAGE_NAME").empty()
		       ? project.dkms->first("PACKAGE_NAME")
		       : project.name;
}

std::string remarks_text(const Project &project)
{
	std::string text;
	for (const auto &remark : project.remarks) {
		text += "#   " + printable_line(remark) + "\n";
	}
	return text.empty() ? text : "#\n# Not carried, or to look at:\n" + text;
}

} // namespace

std::string cmake_lists(Project &project, const std::filesystem::path &folder)
{
	std::vector<std::string> names;
	names.reserve(project.modules.size() + 1);
	for (const auto &module : project.modules)
		names.push_back(module.name);
	std::string body =
		fmt::format("cmake_minimum_required(VERSION 3.25)\nproject({} LANGUAGES {})\n\n",
			    identifier(name_of(project)), languages_of(project));
	if (project.siblings_unknown)
		body += "set(KCXX_LINK_SIBLINGS ON) # modules use symbols of each other\n";
	body += "find_package(kcxx REQUIRED)\n";
	std::vector<std::string> done;
	for (const auto &module : project.modules)
		body += module_text(module, done);
	body += uses_text(project);
	names.emplace_back("DESTINATION ${KCXX_INSTALL_DIR}");
	body += "\n" + call("install(TARGETS", names);
	if (project.dkms)
		body += "\n" + dkms_package(project, folder);
	body += tests_text(project);
	return fmt::format("# Written by 'kcxx new --from' from {}, for Linux {}\n{}{}",
			   fmt::join(project.files, ", "), project.release, remarks_text(project),
			   body);
}

} // namespace kcxx::from_kbuild
