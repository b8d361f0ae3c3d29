/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/firmware.h> for <kernel/firmware.hpp> */

#include <linux/firmware.h>

static inline const u8 *kcxx_firmware_data(const struct firmware *firmware)
{
	return firmware->data;
}

static inline size_t kcxx_firmware_size(const struct firmware *firmware)
{
	return firmware->size;
}
