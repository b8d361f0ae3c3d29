// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <concepts>

#include "probes.hpp"

namespace
{

constexpr int kind(std::integral auto)
{
	return 1;
}

constexpr int kind(std::invocable auto)
{
	return 2;
}

} // namespace

bool probes::try_concepts_constrains_overloads()
{
	return kind(zero()) == 1 && kind(&zero) == 2 && kind('c') == 1;
}

bool probes::try_concepts_swaps()
{
	int a[2]{1, 2 + zero()};
	int b[2]{3, 4};
	std::ranges::swap(a, b);
	return a[1] == 4 && b[1] == 2 && std::swappable<int> && std::invocable<int (*)()> &&
	       std::totally_ordered<int> && !std::regular<int &>;
}
