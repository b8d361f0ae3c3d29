// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts about <asm/page.h> that <kernel/page.hpp> needs */

#include <asm/page.h>
#include <linux/kbuild.h>

void kcxx_layout_page(void);
void kcxx_layout_page(void)
{
	COMMENT("page");
	DEFINE(KCXX_PAGE_SIZE, PAGE_SIZE);
}
