/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* For <kernel/task/kthread.hpp> */

#include <linux/kthread.h>
#include <linux/numa.h>
#include <linux/sched.h>
#include <linux/sched/task.h>

/* A macro */
static const int KCXX_NUMA_NO_NODE = NUMA_NO_NODE;
