// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Helpers that would do nothing but call a function of the kernel's. C API: none.

#pragma once

/// Declares, after its arguments, a helper to be the exported function `symbol` itself where
/// `condition`, a constant of <generated/kcxx-layout.h>, is 1: where that is what C calls in
/// the kernel's configuration, with the same arguments. Then no call is spent on the helper,
/// and it is not linked. Elsewhere, and for what C has inline, it is the one in helpers/.
///
///     void kcxx_mutex_lock(mutex *lock) KCXX_IS(KCXX_IS_MUTEX_LOCK, "mutex_lock");
#define KCXX_IS(condition, symbol) KCXX_IS_EXPANDED_(condition, symbol)

#define KCXX_IS_EXPANDED_(condition, symbol) KCXX_IS_##condition(symbol)
#define KCXX_IS_0(symbol)
#define KCXX_IS_1(symbol) __asm__(symbol)
