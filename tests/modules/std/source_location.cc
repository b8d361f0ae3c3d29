// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <source_location>

#include <string_view>

#include "probes.hpp"

namespace
{

unsigned line(std::source_location where = std::source_location::current())
{
	return where.line();
}

} // namespace

bool probes::try_source_location_names_the_caller()
{
	const unsigned first = line();
	const unsigned second = line();
	const std::string_view here = std::source_location::current().function_name();
	return second == first + 1u + static_cast<unsigned>(zero()) &&
	       here.contains("try_source_location");
}
