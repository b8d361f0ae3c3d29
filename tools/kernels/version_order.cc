// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "kernels/version_order.hpp"

#include <string>

namespace kcxx
{

namespace
{

constexpr size_t digits_of_a_number = 6;

constexpr bool is_digit(char letter)
{
	return letter >= '0' && letter <= '9';
}

/** Returns whether @text begins with a release candidate: "-rc3", "~rc3". */
bool begins_with_candidate(std::string_view text)
{
	return (text.starts_with("-rc") || text.starts_with("~rc")) && text.size() > 3 &&
	       is_digit(text[3]);
}

/** Returns a key for @release. The order of keys, byte by byte, is that of releases. */
std::string order_key(std::string_view release)
{
	std::string key;
	while (!release.empty()) {
		size_t length = 0;
		while (length < release.size() && is_digit(release[length]))
			++length;
		if (length != 0) {
			auto number = release.substr(0, length);
			release.remove_prefix(length);
			while (number.size() > 1 && number.front() == '0')
				number.remove_prefix(1);
			if (number.size() < digits_of_a_number)
				key.append(digits_of_a_number - number.size(), '0');
			key += number;
			continue;
		}
		// Sorts before the end of a release, and after each number.
		if (begins_with_candidate(release))
			key += '\002';
		else
			key += release.front() == '.' ? '~' : release.front();
		release.remove_prefix(1);
	}
	return key + '\037';
}

} // namespace

bool is_older_release(std::string_view left, std::string_view right)
{
	const auto left_key = order_key(left);
	const auto right_key = order_key(right);
	return left_key != right_key ? left_key < right_key : left < right;
}

} // namespace kcxx
