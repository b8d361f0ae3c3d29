/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* For <kernel/fs/ioctl.hpp> */

#include <linux/ioctl.h>

/* Macros, some of which each architecture may define */
static const int KCXX_IOC_NRSHIFT = _IOC_NRSHIFT;
static const int KCXX_IOC_TYPESHIFT = _IOC_TYPESHIFT;
static const unsigned long KCXX_IOC_SIZESHIFT = _IOC_SIZESHIFT;
static const unsigned long KCXX_IOC_SIZEMASK = _IOC_SIZEMASK;
static const int KCXX_IOC_DIRSHIFT = _IOC_DIRSHIFT;
static const int KCXX_IOC_NONE = _IOC_NONE;
static const int KCXX_IOC_READ = _IOC_READ;
static const int KCXX_IOC_WRITE = _IOC_WRITE;
