/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/regulator/consumer.h> for <kernel/regulator.hpp> */

#include <linux/device.h>
#include <linux/regulator/consumer.h>

static const unsigned int KCXX_REGULATOR_MODE_FAST = REGULATOR_MODE_FAST;
static const unsigned int KCXX_REGULATOR_MODE_NORMAL = REGULATOR_MODE_NORMAL;
static const unsigned int KCXX_REGULATOR_MODE_IDLE = REGULATOR_MODE_IDLE;
static const unsigned int KCXX_REGULATOR_MODE_STANDBY = REGULATOR_MODE_STANDBY;

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

static inline int kcxx_regulator_is_supported_voltage(struct regulator *regulator, int least,
						      int most)
{
	return regulator_is_supported_voltage(regulator, least, most);
}

static inline int kcxx_regulator_count_voltages(struct regulator *regulator)
{
	return regulator_count_voltages(regulator);
}

static inline int kcxx_regulator_list_voltage(struct regulator *regulator, unsigned int step)
{
	return regulator_list_voltage(regulator, step);
}

static inline int kcxx_regulator_get_current_limit(struct regulator *regulator)
{
	return regulator_get_current_limit(regulator);
}

static inline int kcxx_regulator_set_current_limit(struct regulator *regulator, int least,
						   int most)
{
	return regulator_set_current_limit(regulator, least, most);
}

static inline unsigned int kcxx_regulator_get_mode(struct regulator *regulator)
{
	return regulator_get_mode(regulator);
}

static inline int kcxx_regulator_set_mode(struct regulator *regulator, unsigned int mode)
{
	return regulator_set_mode(regulator, mode);
}

static inline int kcxx_devm_regulator_bulk_get(struct device *dev, int count,
					       struct regulator_bulk_data *supplies)
{
	return devm_regulator_bulk_get(dev, count, supplies);
}

static inline int kcxx_regulator_bulk_enable(int count, struct regulator_bulk_data *supplies)
{
	return regulator_bulk_enable(count, supplies);
}

static inline int kcxx_regulator_bulk_disable(int count, struct regulator_bulk_data *supplies)
{
	return regulator_bulk_disable(count, supplies);
}
