/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/clk.h> for <kernel/clk.hpp> */

#include <linux/clk.h>

/* Static functions in kernels without clocks */
static inline struct clk *kcxx_devm_clk_get(struct device *dev, const char *name, _Bool optional)
{
	return optional ? devm_clk_get_optional(dev, name) : devm_clk_get(dev, name);
}

static inline int kcxx_clk_prepare_enable(struct clk *clk)
{
	return clk_prepare_enable(clk);
}

static inline void kcxx_clk_disable_unprepare(struct clk *clk)
{
	clk_disable_unprepare(clk);
}

static inline int kcxx_clk_set_rate_range(struct clk *clk, unsigned long least, unsigned long most)
{
	return clk_set_rate_range(clk, least, most);
}

static inline int kcxx_clk_set_parent(struct clk *clk, struct clk *parent)
{
	return clk_set_parent(clk, parent);
}

/* Each user has a struct clk of its own for the same clock */
static inline _Bool kcxx_clk_runs_from(struct clk *clk, struct clk *parent)
{
	return clk_is_match(clk_get_parent(clk), parent);
}

static inline int kcxx_clk_set_duty_cycle(struct clk *clk, unsigned int numerator,
					  unsigned int denominator)
{
	return clk_set_duty_cycle(clk, numerator, denominator);
}

static inline int kcxx_clk_get_scaled_duty_cycle(struct clk *clk, unsigned int scale)
{
	return clk_get_scaled_duty_cycle(clk, scale);
}

static inline int kcxx_devm_clk_bulk_get(struct device *dev, int count, struct clk_bulk_data *clks)
{
	return devm_clk_bulk_get(dev, count, clks);
}

static inline int kcxx_clk_bulk_prepare_enable(int count, const struct clk_bulk_data *clks)
{
	return clk_bulk_prepare_enable(count, clks);
}

static inline void kcxx_clk_bulk_disable_unprepare(int count, const struct clk_bulk_data *clks)
{
	clk_bulk_disable_unprepare(count, clks);
}
