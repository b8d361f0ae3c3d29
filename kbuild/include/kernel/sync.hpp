// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Locks, atomics, references, waiting. C API: <linux/spinlock.h>, <linux/mutex.h>,
/// <linux/rcupdate.h> and others.

#pragma once

#include <kernel/sync/arc.hpp>
#include <kernel/sync/atomic.hpp>
#include <kernel/sync/completion.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/sync/guard.hpp>
#include <kernel/sync/lock.hpp>
#include <kernel/sync/lockdep.hpp>
#include <kernel/sync/locked_by.hpp>
#include <kernel/sync/mutex.hpp>
#include <kernel/sync/raw_spinlock.hpp>
#include <kernel/sync/rcu.hpp>
#include <kernel/sync/refcount.hpp>
#include <kernel/sync/rwonce.hpp>
#include <kernel/sync/rwsem.hpp>
#include <kernel/sync/sendable.hpp>
#include <kernel/sync/seqlock.hpp>
#include <kernel/sync/shareable.hpp>
#include <kernel/sync/shutdown_gate.hpp>
#include <kernel/sync/spinlock.hpp>
#include <kernel/sync/thread_safety.hpp>
#include <kernel/sync/wait.hpp>
