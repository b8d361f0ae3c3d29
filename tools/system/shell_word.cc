// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "system/shell_word.hpp"

namespace kcxx
{

std::string shell_word(std::string_view text)
{
	std::string word = "'";
	for (const char letter : text)
		if (letter == '\'')
			word += "'\\''";
		else
			word += letter;
	return word + "'";
}

} // namespace kcxx
