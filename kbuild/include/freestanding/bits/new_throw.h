/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* libstdc++ 16 has some functions of <bits/functexcept.h> here. */
#include <bits/functexcept.h>
