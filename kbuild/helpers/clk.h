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
