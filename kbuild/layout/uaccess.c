// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts about <linux/uaccess.h> that <kernel/uaccess.hpp> needs */

#include <linux/build_bug.h>
#include <linux/kbuild.h>
#include <linux/uaccess.h>

#ifdef INLINE_COPY_FROM_USER
#define KCXX_INLINE_COPY_FROM_USER 1
#else
#define KCXX_INLINE_COPY_FROM_USER 0
#endif
#ifdef INLINE_COPY_TO_USER
#define KCXX_INLINE_COPY_TO_USER 1
#else
#define KCXX_INLINE_COPY_TO_USER 0
#endif

void kcxx_layout_uaccess(void);
void kcxx_layout_uaccess(void)
{
	COMMENT("uaccess");
	DEFINE(KCXX_IS__COPY_FROM_USER, !KCXX_INLINE_COPY_FROM_USER);
	DEFINE(KCXX_IS__COPY_TO_USER, !KCXX_INLINE_COPY_TO_USER);
}

static_assert(__same_type(_copy_from_user,
			  unsigned long(void *, const void __user *, unsigned long)));
static_assert(__same_type(_copy_to_user,
			  unsigned long(void __user *, const void *, unsigned long)));
