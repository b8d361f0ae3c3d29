// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Threads, work queues, sleeping. C API: <linux/kthread.h>, <linux/workqueue.h>, <linux/sched.h>.

#pragma once

#include <kernel/task/kthread.hpp>
#include <kernel/task/sched.hpp>
#include <kernel/task/workqueue.hpp>
