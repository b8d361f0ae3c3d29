/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
#include <linux/constructs.h>

#define NAME(function) function##_by_c
#include "fields.inc"
