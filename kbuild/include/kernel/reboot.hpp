// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The end of the system: before it restarts or goes off, when it does, and when the kernel panics.
/// C API: see each.

#pragma once

#include <kernel/reboot/notified.hpp>
#include <kernel/reboot/panic_notifier.hpp>
#include <kernel/reboot/reboot_notifier.hpp>
#include <kernel/reboot/sys_off_handler.hpp>
