// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts about <linux/mutex.h> that <kernel/mutex.hpp> needs */

#include <linux/kbuild.h>
#include <linux/mutex.h>

#include "is.h"

void kcxx_layout_mutex(void);
void kcxx_layout_mutex(void)
{
	COMMENT("mutex");
	DEFINE(KCXX_SIZEOF_MUTEX, sizeof(struct mutex));
	DEFINE(KCXX_ALIGNOF_MUTEX, __alignof__(struct mutex));

	/* With the lock validator, C calls other functions. */
	DEFINE(KCXX_IS_MUTEX_LOCK, KCXX_IS_CALL(mutex_lock(x), mutex_lock(x)));
	DEFINE(KCXX_IS_MUTEX_LOCK_INTERRUPTIBLE,
	       KCXX_IS_CALL(mutex_lock_interruptible(x), mutex_lock_interruptible(x)));
	DEFINE(KCXX_IS_MUTEX_TRYLOCK, KCXX_IS_CALL(mutex_trylock(x), mutex_trylock(x)));
	DEFINE(KCXX_IS_MUTEX_UNLOCK, KCXX_IS_CALL(mutex_unlock(x), mutex_unlock(x)));
}
