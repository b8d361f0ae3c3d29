// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "kbuild_script.hpp"

#include "kbuild_folder.hpp"
#include "system/error.hpp"
#include "system/terminal.hpp"

#include <unistd.h>

namespace kcxx
{

ExitStatus become_script(const std::string &name, const std::vector<std::string> &arguments)
{
	const auto kbuild = find_kbuild_folder();
	if (!kbuild) {
		terminal::print(kbuild.error());
		return kbuild.error().status;
	}
	std::vector<std::string> words = {"sh", *kbuild / name};
	words.insert(words.end(), arguments.begin(), arguments.end());
	std::vector<char *> argv;
	argv.reserve(words.size() + 1);
	for (auto &word : words)
		argv.push_back(word.data());
	argv.push_back(nullptr);
	execvp("sh", argv.data());
	terminal::print(errno_error("cannot run sh"));
	return ExitStatus::internal;
}

} // namespace kcxx
