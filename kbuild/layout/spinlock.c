// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts about <linux/spinlock.h> that <kernel/spinlock.hpp> needs */

#include <linux/kbuild.h>
#include <linux/spinlock.h>

#include "is.h"

/* On PREEMPT_RT a spinlock is a lock that sleeps. */
#define KCXX_SPIN_IS_CALL(expression, call)                                                        \
	(!IS_ENABLED(CONFIG_PREEMPT_RT) && !__builtin_strcmp(__stringify(expression), #call))

void kcxx_layout_spinlock(void);
void kcxx_layout_spinlock(void)
{
	COMMENT("spinlock");
	DEFINE(KCXX_SIZEOF_SPINLOCK, sizeof(struct spinlock));
	DEFINE(KCXX_ALIGNOF_SPINLOCK, __alignof__(struct spinlock));

	/* spin_lock(x) is raw_spin_lock(&x->rlock), and so on */
	DEFINE(KCXX_IS_SPIN_LOCK, KCXX_SPIN_IS_CALL(raw_spin_lock(x), _raw_spin_lock(x)));
	DEFINE(KCXX_IS_SPIN_TRYLOCK, KCXX_SPIN_IS_CALL(_raw_spin_trylock(x), _raw_spin_trylock(x)));
	DEFINE(KCXX_IS_SPIN_UNLOCK, KCXX_SPIN_IS_CALL(raw_spin_unlock(x), _raw_spin_unlock(x)));
#ifdef _raw_spin_lock_irqsave /* a macro of one argument or, without SMP, of two */
	DEFINE(KCXX_IS_SPIN_LOCK_IRQSAVE, 0);
#else
	DEFINE(KCXX_IS_SPIN_LOCK_IRQSAVE, !IS_ENABLED(CONFIG_PREEMPT_RT));
#endif
	DEFINE(KCXX_IS_SPIN_UNLOCK_IRQRESTORE,
	       KCXX_SPIN_IS_CALL(_raw_spin_unlock_irqrestore(x, y),
				 _raw_spin_unlock_irqrestore(x, y)));
	DEFINE(KCXX_IS_SPIN_LOCK_BH, KCXX_SPIN_IS_CALL(raw_spin_lock_bh(x), _raw_spin_lock_bh(x)));
	DEFINE(KCXX_IS_SPIN_UNLOCK_BH,
	       KCXX_SPIN_IS_CALL(raw_spin_unlock_bh(x), _raw_spin_unlock_bh(x)));
}
