// SPDX-License-Identifier: GPL-2.0-only OR MIT
// kcxx check: finds and executes cxxavailable.sh. Exit statuses are those of the script,
// CheckStatus.
#include "architecture.hpp"
#include "commands.hpp"
#include "exit_status.hpp"
#include "kbuild_script.hpp"

#include <fmt/core.h>
#include <map>
#include <memory>
#include <utility>
#include <vector>

namespace kcxx
{

namespace
{

using command_line::Kind;

struct Valued {
	const char *name;
	const char *value;
	const char *help;
	Kind kind = Kind::text;
	std::vector<std::string> choices;
};

// The options of cxxavailable.sh that have a value
std::vector<Valued> valued_options()
{
	std::vector<std::string> arches;
	arches.reserve(architectures.size());
	for (const auto &arch : architectures)
		arches.emplace_back(arch.name);
	return {
		{"--kernel", "R|DIR", "a release, a series (6.12: its newest) or a build directory",
		 Kind::kernel},
		{"--cxx", "COMMAND", "the C++ compiler; default: the partner of the kernel's own"},
		{"--cc", "COMMAND", "the C compiler; default: the one the kernel names"},
		{"--arch", "ARCH", "the architecture the module is to run on", Kind::text, arches},
		{"--format",
		 "FORMAT",
		 "text for people, json for programs",
		 Kind::text,
		 {"text", "json"}},
		{"--kernel-min", "VERSION", "the module is for no older kernel"},
		{"--kernel-max", "VERSION", "the module is for no newer kernel"},
		{"--only-arch", "ARCH", "the module is for no other architecture; repeatable",
		 Kind::text, arches},
		{"--requires", "CONFIG_X", "the module needs this option; repeatable"},
	};
}

struct Flag {
	const char *name;
	const char *help;
};

constexpr Flag flags[] = {
	{"--all", "every kernel that is found × every C++ compiler that is found"},
	{"--verbose", "report each requirement that is met, too"},
	{"--quiet", "print nothing where all is well"},
	{"--constraints", "check only what the module asks for: --kernel-min and the like"},
};

struct Options {
	std::map<std::string, std::vector<std::string>> values;
	std::map<std::string, bool> flags;
};

/** The arguments of cxxavailable.sh. */
using Arguments = std::vector<std::string>;

Arguments arguments_of(const Options &options)
{
	Arguments arguments;
	for (const auto &[name, values] : options.values)
		for (const auto &value : values)
			arguments.insert(arguments.end(), {name, value});
	for (const auto &[name, given] : options.flags)
		if (given)
			arguments.push_back(name);
	return arguments;
}

/** The arguments of survey.sh, which chooses kernels and compilers itself. */
Arguments arguments_of_survey(const Options &options)
{
	const auto format = options.values.find("--format");
	if (format == options.values.end() || format->second.empty())
		return {};
	return {"--format", format->second.back()};
}

} // namespace

command_line::Command check_command()
{
	const auto options = std::make_shared<Options>();
	command_line::Command command = {
		.name = "check",
		.summary = "Can a C++ module be built for this kernel with this compiler, and "
			   "would it be "
			   "safe to load?",
		.epilogue = fmt::format("Exit status: {} usable, {} not usable, {} wrong call, {} "
					"excluded by what the module itself asks for.",
					std::to_underlying(CheckStatus::usable),
					std::to_underlying(CheckStatus::not_usable),
					std::to_underlying(CheckStatus::usage),
					std::to_underlying(CheckStatus::excluded)),
		.run = [options] {
			if (options->flags["--all"])
				return become_script("../survey/survey.sh",
						     arguments_of_survey(*options));
			return become_script("cxxavailable.sh", arguments_of(*options));
		}};
	for (auto &[name, value, help, kind, choices] : valued_options())
		command.options.push_back({.names = name,
					   .target = &options->values[name],
					   .help = help,
					   .value = value,
					   .kind = kind,
					   .choices = choices});
	for (const auto &[name, help] : flags)
		command.options.push_back(
			{.names = name, .target = &options->flags[name], .help = help});
	return command;
}

} // namespace kcxx
