// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Interrupts. C API: <linux/interrupt.h>.

#pragma once

#include <kernel/interrupt/irq.hpp>
