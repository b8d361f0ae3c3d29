// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <variant>

#include "probes.hpp"

bool probes::try_variant()
{
	std::variant<int, long> v{3};
	v = 4L;
	return std::get<long>(v) == 4 && v.index() == 1 &&
	       std::visit([](auto x) { return x == 4; }, v) && std::get_if<int>(&v) == nullptr;
}
