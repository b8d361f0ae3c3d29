// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <stdbool.h>

#include "probes.hpp"

bool probes::try_stdbool_h_has_bool()
{
	bool yes = zero() == 0;
	return yes && __bool_true_false_are_defined == 1;
}
