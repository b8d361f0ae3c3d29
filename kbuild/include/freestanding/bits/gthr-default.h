/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* No threads of std: nothing is locked. */
#include <bits/gthr-single.h>
