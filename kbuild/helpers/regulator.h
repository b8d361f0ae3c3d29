/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/regulator/consumer.h> for <kernel/regulator.hpp> */

#include <linux/device.h>
#include <linux/regulator/consumer.h>

/* Static functions in kernels without regulators */
static inline struct regulator *kcxx_devm_regulator_get(struct device *dev, const char *name,
							_Bool optional)
{
	return optional ? devm_regulator_get_optional(dev, name) : devm_regulator_get(dev, name);
}

static inline int kcxx_regulator_enable(struct regulator *regulator)
{
	return regulator_enable(regulator);
}

static inline int kcxx_regulator_disable(struct regulator *regulator)
{
	return regulator_disable(regulator);
}

static inline int kcxx_regulator_get_voltage(struct regulator *regulator)
{
	return regulator_get_voltage(regulator);
}

static inline int kcxx_regulator_set_voltage(struct regulator *regulator, int least, int most)
{
	return regulator_set_voltage(regulator, least, most);
}
