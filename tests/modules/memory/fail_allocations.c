// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Fails an allocation of the task that runs, on kernels with fault injection */

#include <linux/sched.h>

void fail_allocation(unsigned int nth);
void fail_allocation(unsigned int nth)
{
#ifdef CONFIG_FAULT_INJECTION
	current->fail_nth = nth;
#endif
}

/* True if the task made fewer allocations than fail_nth */
bool no_allocation_failed(void);
bool no_allocation_failed(void)
{
	bool left = true;

#ifdef CONFIG_FAULT_INJECTION
	left = current->fail_nth != 0;
	current->fail_nth = 0;
#endif
	return left;
}
