/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/leds.h> for <kernel/leds.hpp> */

#include <linux/leds.h>

static inline int kcxx_led_register(struct device *parent, struct led_classdev *led)
{
	return led_classdev_register(parent, led);
}
