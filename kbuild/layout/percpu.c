// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* What <kernel/percpu.hpp> needs to know of <linux/percpu.h> */

#include <linux/kbuild.h>
#include <linux/percpu.h>

void kcxx_layout_percpu(void);
void kcxx_layout_percpu(void)
{
	COMMENT("percpu");
	DEFINE(KCXX_PCPU_MIN_UNIT_SIZE, PCPU_MIN_UNIT_SIZE);
}
