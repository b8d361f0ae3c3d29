// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <ctype.h>

#include "probes.hpp"

bool probes::try_ctype_h_classifies()
{
	return isdigit('0' + zero()) && toupper('a') == 'A';
}
