// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <type_traits>

#include "probes.hpp"

bool probes::try_type_traits()
{
	return std::is_integral_v<int> && std::is_same_v<std::remove_cvref_t<const int &>, int> &&
	       !std::is_constant_evaluated();
}
