/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* For <kernel/is.hpp>: finds where C's API only calls an exported function */

#ifndef KCXX_LAYOUT_IS_H
#define KCXX_LAYOUT_IS_H

#include <linux/stringify.h>

/* 1 if the preprocessor turns @expression, a use of C's API, into just @call; else 0 */
#define KCXX_IS_CALL(expression, call) (!__builtin_strcmp(__stringify(expression), #call))

#endif
