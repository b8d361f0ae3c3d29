// SPDX-License-Identifier: GPL-2.0-only OR MIT
// kcxx check: cxxavailable.sh, which kcxx only finds and becomes. Its exit statuses are the
// script's own: 0 usable, 1 not usable, 2 wrong call, 77 excluded.
#include "commands.hpp"
#include "kbuild_folder.hpp"
#include "system/error.hpp"
#include "system/terminal.hpp"

#include <CLI/CLI.hpp>
#include <memory>
#include <unistd.h>
#include <vector>

namespace kcxx
{

namespace
{

struct Valued {
	const char *name;
	const char *type;
	const char *help;
};

constexpr Valued valued_options[] = {
	{"--kernel", "R|DIR", "a release, a series (6.12: its newest) or a build directory"},
	{"--cxx", "COMMAND", "the C++ compiler; default: the partner of the kernel's own"},
	{"--cc", "COMMAND", "the C compiler; default: the one the kernel names"},
	{"--arch", "ARCH", "what the module is to run on: x86_64, arm64 or riscv64"},
	{"--format", "FORMAT", "text for people, json for programs"},
	{"--kernel-min", "VERSION", "the module is for no older kernel"},
	{"--kernel-max", "VERSION", "the module is for no newer kernel"},
	{"--only-arch", "ARCH", "the module is for no other architecture; may be given again"},
	{"--requires", "CONFIG_X", "the module needs this option; may be given again"},
};

constexpr Valued flags[] = {
	{"--all", "", "every kernel that is found × every C++ compiler that is found"},
	{"--verbose", "", "say so of each requirement"},
	{"--quiet", "", "say nothing where all is well"},
	{"--constraints", "", "look at what the module asks for alone: --kernel-min and the like"},
};

/** What the script is to be called with. */
using Arguments = std::vector<std::string>;

ExitStatus check(const Arguments &given)
{
	const auto kbuild = find_kbuild_folder();
	if (!kbuild) {
		terminal::print(kbuild.error());
		return kbuild.error().status;
	}
	Arguments words = {"sh", *kbuild / "cxxavailable.sh"};
	words.insert(words.end(), given.begin(), given.end());
	std::vector<char *> argv;
	argv.reserve(words.size() + 1);
	for (auto &word : words)
		argv.push_back(word.data());
	argv.push_back(nullptr);
	execvp("sh", argv.data());
	terminal::print(errno_error("cannot run sh"));
	return ExitStatus::internal;
}

} // namespace

void add_check_command(CLI::App &app, Action &action)
{
	CLI::App *command = app.add_subcommand(
		"check", "Can a C++ module be built for this kernel with this compiler, and would "
			 "it be safe to load?");
	command->footer("Exit status: 0 usable, 1 not usable, 2 wrong call, 77 excluded by what "
			"the module itself asks for.");
	const auto arguments = std::make_shared<Arguments>();
	for (const auto &[name, type, help] : valued_options)
		command->add_option_function<std::vector<std::string>>(
			       name,
			       [arguments, name](const std::vector<std::string> &values) {
				       for (const auto &value : values) {
					       arguments->emplace_back(name);
					       arguments->push_back(value);
				       }
			       },
			       help)
			->type_name(type)
			->allow_extra_args(false);
	for (const auto &[name, type, help] : flags)
		command->add_flag_callback(
			name, [arguments, name] { arguments->emplace_back(name); }, help);
	command->final_callback(
		[arguments, &action] { action = [arguments] { return check(*arguments); }; });
}

} // namespace kcxx
