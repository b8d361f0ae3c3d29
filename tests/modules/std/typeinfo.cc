// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <typeinfo>

#include <type_traits>

#include "probes.hpp"

bool probes::try_typeinfo_is_declared()
{
	return std::is_copy_constructible_v<std::type_info> == zero();
}
