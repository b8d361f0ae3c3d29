/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* For <kernel/is.hpp>: what of C's API is nothing but the call of an exported function */

#ifndef KCXX_LAYOUT_IS_H
#define KCXX_LAYOUT_IS_H

#include <linux/stringify.h>

/* Whether the preprocessor makes of @expression, which is C's API, just @call */
#define KCXX_IS_CALL(expression, call) (!__builtin_strcmp(__stringify(expression), #call))

#endif
