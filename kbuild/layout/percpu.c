// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts about <linux/percpu.h> that <kernel/percpu.hpp> needs */

#include <linux/kbuild.h>
#include <linux/percpu.h>

void kcxx_layout_percpu(void);
void kcxx_layout_percpu(void)
{
	COMMENT("percpu");
	DEFINE(KCXX_PCPU_MIN_UNIT_SIZE, PCPU_MIN_UNIT_SIZE);
}
