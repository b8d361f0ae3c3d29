/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/leds.h> for <kernel/leds.hpp> */

#include <linux/leds.h>
#include <linux/property.h>

static inline int kcxx_led_register(struct device *parent, struct led_classdev *led)
{
	return led_classdev_register(parent, led);
}

/* The name is made of the node's properties: label, or color and function */
static inline int kcxx_led_register_node(struct device *parent, struct led_classdev *led,
					 struct fwnode_handle *node, const char *label,
					 const char *device, _Bool names_device)
{
	struct led_init_data data = {
		.fwnode = node,
		.default_label = label,
		.devicename = device,
		.devname_mandatory = names_device,
	};

	return led_classdev_register_ext(parent, led, &data);
}

/*
 * The LED's device gets its node after it was added, without a reference, which its end gives back
 * nevertheless if the node is a software node.
 */
static inline void kcxx_led_unregister(struct led_classdev *led)
{
	if (is_software_node(dev_fwnode(led->dev)))
		device_set_node(led->dev, NULL);
	led_classdev_unregister(led);
}

/* The enumerators have no name of their own for C++ */
static inline unsigned int kcxx_led_default_state(struct fwnode_handle *node)
{
	return led_init_default_state_get(node);
}
static const unsigned int KCXX_LEDS_DEFSTATE_OFF = LEDS_DEFSTATE_OFF;
static const unsigned int KCXX_LEDS_DEFSTATE_ON = LEDS_DEFSTATE_ON;
static const unsigned int KCXX_LEDS_DEFSTATE_KEEP = LEDS_DEFSTATE_KEEP;
