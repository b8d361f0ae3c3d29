// SPDX-License-Identifier: GPL-2.0-only OR MIT
// kcxx completion: prints the script by which a shell completes kcxx.
#include "command_line/completion.hpp"
#include "commands.hpp"

#include <fmt/core.h>
#include <memory>

namespace kcxx
{

namespace
{

std::string completion(const std::string &shell, const command_line::Command &program)
{
	if (shell == "bash")
		return command_line::bash_completion(program);
	if (shell == "fish")
		return command_line::fish_completion(program);
	return command_line::zsh_completion(program);
}

} // namespace

command_line::Command completion_command(command_line::Command (*program)())
{
	const auto shell = std::make_shared<std::string>();
	return {.name = "completion",
		.summary = "Print the script that lets a shell complete the commands of kcxx",
		.options = {{.names = "shell",
			     .target = shell.get(),
			     .help = "the shell; its packages' folder is where kcxx's own package "
				     "puts the script",
			     .choices = {"bash", "fish", "zsh"},
			     .required = true}},
		.epilogue = "Example:\n  source <(kcxx completion bash)\n",
		.run = [shell, program] {
			fmt::print("{}", completion(*shell, program()));
			return ExitStatus::ok;
		}};
}

} // namespace kcxx
