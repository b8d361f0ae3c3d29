// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts about <linux/ratelimit.h> that <kernel/ratelimit.hpp> needs */

#include <linux/kbuild.h>
#include <linux/ratelimit.h>

void kcxx_layout_ratelimit(void);
void kcxx_layout_ratelimit(void)
{
	COMMENT("ratelimit");
	DEFINE(KCXX_RATELIMIT_STATE_SIZE, sizeof(struct ratelimit_state));
	DEFINE(KCXX_RATELIMIT_STATE_ALIGN, __alignof__(struct ratelimit_state));
}
