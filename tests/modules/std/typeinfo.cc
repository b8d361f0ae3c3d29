// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <type_traits>
#include <typeinfo>

#include "probes.hpp"

bool probes::try_typeinfo()
{
	return !std::is_copy_constructible_v<std::type_info>;
}
