/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/completion.h> for <kernel/sync/completion.hpp> */

#include <linux/completion.h>

static inline void kcxx_init_completion(struct completion *completion)
{
	init_completion(completion);
}

static inline void kcxx_reinit_completion(struct completion *completion)
{
	reinit_completion(completion);
}

static inline void kcxx_complete(struct completion *completion)
{
	complete(completion);
}

static inline void kcxx_complete_all(struct completion *completion)
{
	complete_all(completion);
}

static inline int kcxx_completion_done(struct completion *completion)
{
	return completion_done(completion);
}

static inline void kcxx_wait_for_completion(struct completion *completion)
{
	wait_for_completion(completion);
}

static inline int kcxx_wait_for_completion_interruptible(struct completion *completion)
{
	return wait_for_completion_interruptible(completion);
}

static inline unsigned long kcxx_wait_for_completion_timeout(struct completion *completion, unsigned long timeout)
{
	return wait_for_completion_timeout(completion, timeout);
}
