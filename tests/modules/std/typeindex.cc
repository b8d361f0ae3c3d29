// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <typeindex>

#include <type_traits>

#include "probes.hpp"

bool probes::try_typeindex_is_declared()
{
	return std::is_constructible_v<std::type_index, const std::type_info &> == (zero() == 0);
}
