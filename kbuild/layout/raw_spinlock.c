// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts about <linux/spinlock.h> that <kernel/raw_spinlock.hpp> needs */

#include <linux/kbuild.h>
#include <linux/spinlock.h>

#include "is.h"

void kcxx_layout_raw_spinlock(void);
void kcxx_layout_raw_spinlock(void)
{
	COMMENT("raw_spinlock");
	DEFINE(KCXX_SIZEOF_RAW_SPINLOCK, sizeof(struct raw_spinlock));
	DEFINE(KCXX_ALIGNOF_RAW_SPINLOCK, __alignof__(struct raw_spinlock));

	/* C's functions are inline in some configurations, and macros without SMP */
	DEFINE(KCXX_IS_RAW_SPIN_LOCK, KCXX_IS_CALL(raw_spin_lock(x), _raw_spin_lock(x)));
	DEFINE(KCXX_IS_RAW_SPIN_TRYLOCK, KCXX_IS_CALL(_raw_spin_trylock(x), _raw_spin_trylock(x)));
	DEFINE(KCXX_IS_RAW_SPIN_UNLOCK, KCXX_IS_CALL(raw_spin_unlock(x), _raw_spin_unlock(x)));
#ifdef _raw_spin_lock_irqsave /* a macro of one argument or, without SMP, of two */
	DEFINE(KCXX_IS_RAW_SPIN_LOCK_IRQSAVE, 0);
#else
	DEFINE(KCXX_IS_RAW_SPIN_LOCK_IRQSAVE, 1);
#endif
	DEFINE(KCXX_IS_RAW_SPIN_UNLOCK_IRQRESTORE,
	       KCXX_IS_CALL(_raw_spin_unlock_irqrestore(x, y), _raw_spin_unlock_irqrestore(x, y)));
}
