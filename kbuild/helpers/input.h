/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/input.h> for <kernel/input.hpp> */

#include <linux/input.h>

static const unsigned int KCXX_EV_KEY = EV_KEY;
static const unsigned int KCXX_EV_REL = EV_REL;
static const unsigned int KCXX_EV_ABS = EV_ABS;
static const unsigned int KCXX_EV_SW = EV_SW;
static const unsigned int KCXX_EV_LED = EV_LED;
static const unsigned int KCXX_EV_SND = EV_SND;
static const unsigned int KCXX_EV_REP = EV_REP;
static const unsigned int KCXX_EV_SYN = EV_SYN;
static const unsigned int KCXX_SYN_REPORT = SYN_REPORT;
static const unsigned short KCXX_BUS_HOST = BUS_HOST;

static inline struct device *kcxx_input_device(struct input_dev *input)
{
	return &input->dev;
}

static inline void kcxx_input_get(struct input_dev *input)
{
	input_get_device(input);
}

static inline void kcxx_input_put(struct input_dev *input)
{
	input_put_device(input);
}

static inline void kcxx_input_enable(struct input_dev *input, unsigned int type)
{
	__set_bit(type, input->evbit);
}
