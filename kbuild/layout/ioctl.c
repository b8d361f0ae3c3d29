// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts about <linux/ioctl.h> that <kernel/ioctl.hpp> needs */

#include <linux/ioctl.h>
#include <linux/kbuild.h>

void kcxx_layout_ioctl(void);
void kcxx_layout_ioctl(void)
{
	COMMENT("ioctl");
	DEFINE(KCXX_IOC_NRSHIFT, _IOC_NRSHIFT);
	DEFINE(KCXX_IOC_TYPESHIFT, _IOC_TYPESHIFT);
	DEFINE(KCXX_IOC_SIZESHIFT, _IOC_SIZESHIFT);
	DEFINE(KCXX_IOC_SIZEMASK, _IOC_SIZEMASK);
	DEFINE(KCXX_IOC_DIRSHIFT, _IOC_DIRSHIFT);
	DEFINE(KCXX_IOC_NONE, _IOC_NONE);
	DEFINE(KCXX_IOC_READ, _IOC_READ);
	DEFINE(KCXX_IOC_WRITE, _IOC_WRITE);
}
