// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The manual: a page of section 1 for the program and for each of its commands, in man(7) macros.
#pragma once

#include "command_line/command.hpp"

#include <string>
#include <vector>

namespace kcxx::command_line
{

struct ManualPage {
	std::string name; // "kcxx-kernels-get", of the file kcxx-kernels-get.1
	std::string text;
};

std::vector<ManualPage> manual(const Command &program, const std::string &version);

} // namespace kcxx::command_line
