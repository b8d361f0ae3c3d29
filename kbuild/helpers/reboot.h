/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/reboot.h> for <kernel/reboot.hpp> */

#include <linux/reboot.h>
#include <linux/version.h>

static const unsigned long KCXX_SYS_RESTART = SYS_RESTART;
static const unsigned long KCXX_SYS_HALT = SYS_HALT;
static const unsigned long KCXX_SYS_POWER_OFF = SYS_POWER_OFF;

static const int KCXX_SYS_OFF_PRIO_LOW = SYS_OFF_PRIO_LOW;
static const int KCXX_SYS_OFF_PRIO_DEFAULT = SYS_OFF_PRIO_DEFAULT;
static const int KCXX_SYS_OFF_PRIO_HIGH = SYS_OFF_PRIO_HIGH;
static const int KCXX_SYS_OFF_PRIO_FIRMWARE = SYS_OFF_PRIO_FIRMWARE;

static const int KCXX_SYS_OFF_POWER_OFF_PREPARE = SYS_OFF_MODE_POWER_OFF_PREPARE;
static const int KCXX_SYS_OFF_POWER_OFF = SYS_OFF_MODE_POWER_OFF;
/* Older kernels have none */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 7, 0)
static const int KCXX_SYS_OFF_RESTART_PREPARE = SYS_OFF_MODE_RESTART_PREPARE;
#else
static const int KCXX_SYS_OFF_RESTART_PREPARE = -1;
#endif
static const int KCXX_SYS_OFF_RESTART = SYS_OFF_MODE_RESTART;
