// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <version>

#if _GLIBCXX_RELEASE >= 13
#include <stdfloat>
#endif

#include "probes.hpp"

bool probes::try_stdfloat()
{
#if _GLIBCXX_RELEASE >= 13
#ifdef __STDCPP_FLOAT32_T__
	return sizeof(std::float32_t) == 4;
#else
	return zero() == 0;
#endif
#else
	return false;
#endif
}
