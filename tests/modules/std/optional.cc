// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <optional>

#include "probes.hpp"

bool probes::try_optional()
{
	std::optional<int> o;
	o = 3;
	return o.value() == 3 && o.transform([](int v) { return v + 1; }) == 4;
}
