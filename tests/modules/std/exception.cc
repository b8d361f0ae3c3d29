// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <exception>

#include "probes.hpp"

bool probes::try_exception_is_a_base_class()
{
	struct Full : std::exception {
		const char *what() const noexcept override { return "full"; }
	};
	const Full full;
	const std::exception plain;
	const std::exception &some = zero() == 0 ? full : plain;
	return some.what()[0] == 'f' && plain.what() != nullptr;
}

bool probes::try_exception_counts_none()
{
	return std::uncaught_exceptions() == zero();
}
