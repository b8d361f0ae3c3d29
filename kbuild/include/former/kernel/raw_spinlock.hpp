// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include <kernel/sync/raw_spinlock.hpp>
