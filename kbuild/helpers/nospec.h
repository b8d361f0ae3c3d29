/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/nospec.h> for <kernel/nospec.hpp> */

#include <linux/nospec.h>
#include <linux/types.h>

/* A macro */
static inline size_t kcxx_array_index_nospec(size_t index, size_t size)
{
	return array_index_nospec(index, size);
}
