// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* The part of ioctls_user that is C: it sets what C++ reads, and knows the sizes that C has. */

#include <string.h>
#include <sys/ioctl.h>

#include "pump_ioctl.h"
#include "valve_ioctl.h"

int set_in_c(int device);
int set_in_c(int device)
{
	struct pump_config config = {.speed = 3, .mode = PUMP_BOOST, .window = 1ULL << 40};

	strcpy(config.name, "of C");
	return ioctl(device, PUMP_SET, &config);
}

int limit_in_c(int device, unsigned int lowest, unsigned int highest);
int limit_in_c(int device, unsigned int lowest, unsigned int highest)
{
	struct pump_limits limits = {.lowest = lowest, .highest = highest};

	return ioctl(device, PUMP_LIMIT, &limits);
}

const unsigned long numbers_of_c[] = {PUMP_SET, PUMP_DOUBLE, PUMP_SWAP_PARTS, PUMP_SUM, VALVE_MOVE};
