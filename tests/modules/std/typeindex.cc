// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <type_traits>
#include <typeindex>

#include "probes.hpp"

bool probes::try_typeindex()
{
	return std::is_constructible_v<std::type_index, const std::type_info &>;
}
