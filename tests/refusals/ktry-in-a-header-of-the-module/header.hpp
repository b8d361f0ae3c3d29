// SPDX-License-Identifier: GPL-2.0-only OR MIT
#pragma once

#include <kernel/prelude.hpp>

template <typename T, typename Make>
kernel::Result<T> two(Make make)
{
#ifdef REFUSED
	return T{make(), KTRY(make())};
#else
	return kernel::all<T>(make, make);
#endif
}
