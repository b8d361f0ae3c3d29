// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <version>

#if _GLIBCXX_RELEASE >= 13
#include <stdfloat>
#endif

#include "probes.hpp"

#if _GLIBCXX_RELEASE >= 13
bool probes::try_stdfloat_has_types()
{
#ifdef __STDCPP_FLOAT32_T__
	return sizeof(std::float32_t) == 4u + static_cast<unsigned>(zero());
#else
	return zero() == 0;
#endif
}
#endif
