/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Types alone: <kernel/time.hpp> has the clocks.
 */
#ifndef KCXX_TIME_H
#define KCXX_TIME_H

#pragma GCC system_header

#include <stddef.h>

typedef long clock_t;
typedef long time_t;
struct tm;

#endif
