// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include <kernel/printk/dev_printk.hpp>
