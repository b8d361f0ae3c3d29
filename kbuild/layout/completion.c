// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts about <linux/completion.h> that <kernel/completion.hpp> needs */

#include <linux/completion.h>
#include <linux/kbuild.h>

void kcxx_layout_completion(void);
void kcxx_layout_completion(void)
{
	COMMENT("completion");
	DEFINE(KCXX_SIZEOF_COMPLETION, sizeof(struct completion));
	DEFINE(KCXX_ALIGNOF_COMPLETION, __alignof__(struct completion));
}
