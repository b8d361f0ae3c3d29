// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "command_line/completion.hpp"

namespace kcxx::command_line
{

std::string quoted(const std::string &text)
{
	std::string word = "'";
	for (const char letter : text)
		if (letter == '\'')
			word += "'\\''";
		else
			word += letter;
	return word + "'";
}

} // namespace kcxx::command_line
