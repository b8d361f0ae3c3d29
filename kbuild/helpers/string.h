/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* vsnprintf() of <linux/kernel.h> for <kernel/string.hpp> */

#include <linux/kernel.h>

/* va_list has another name in C++ */
static inline int __printf(3, 0)
	kcxx_vsnprintf(char *to, size_t size, const char *format, va_list arguments)
{
	return vsnprintf(to, size, format, arguments);
}
