// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Helpers that would only call a function of the kernel's. C API: none.

#pragma once

/// Declares, after a helper's arguments, that the helper is the exported function `symbol`
/// itself if `condition`, a constant of <generated/kcxx-layout.h>, is 1: if C calls that
/// function, with the same arguments, in the kernel's configuration. Then the helper costs no
/// call, and is not linked. Otherwise, and where C's function is inline, the helper in helpers/
/// is called.
///
///     void kcxx_mutex_lock(mutex *lock) KCXX_IS(KCXX_IS_MUTEX_LOCK, "mutex_lock");
#define KCXX_IS(condition, symbol) KCXX_IS_EXPANDED_(condition, symbol)

#define KCXX_IS_EXPANDED_(condition, symbol) KCXX_IS_##condition(symbol)
#define KCXX_IS_0(symbol)
#define KCXX_IS_1(symbol) __asm__(symbol)
