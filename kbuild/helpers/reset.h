/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/reset.h> for <kernel/reset.hpp> */

#include <linux/device.h>
#include <linux/reset.h>

/* The functions for each way are static */
static inline struct reset_control *kcxx_devm_reset_get(struct device *dev, const char *name,
							_Bool shared, _Bool optional)
{
	if (shared)
		return optional ? devm_reset_control_get_optional_shared(dev, name) :
				  devm_reset_control_get_shared(dev, name);
	return optional ? devm_reset_control_get_optional_exclusive(dev, name) :
			  devm_reset_control_get_exclusive(dev, name);
}

static inline int kcxx_reset_control_assert(struct reset_control *reset)
{
	return reset_control_assert(reset);
}

static inline int kcxx_reset_control_deassert(struct reset_control *reset)
{
	return reset_control_deassert(reset);
}

static inline int kcxx_reset_control_reset(struct reset_control *reset)
{
	return reset_control_reset(reset);
}

static inline int kcxx_reset_control_status(struct reset_control *reset)
{
	return reset_control_status(reset);
}
