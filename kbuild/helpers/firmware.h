/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/firmware.h> for <kernel/firmware.hpp> */

#include <linux/firmware.h>
#include <linux/gfp.h>

static inline const u8 *kcxx_firmware_data(const struct firmware *firmware)
{
	return firmware->data;
}

static inline size_t kcxx_firmware_size(const struct firmware *firmware)
{
	return firmware->size;
}

/* The caller waits for the call of `done`. */
static inline int kcxx_request_firmware_nowait(struct module *module, const char *name,
					       struct device *dev, void *context,
					       void (*done)(const struct firmware *firmware,
							    void *context))
{
	return request_firmware_nowait(module, FW_ACTION_UEVENT, name, dev, GFP_KERNEL, context,
				       done);
}
