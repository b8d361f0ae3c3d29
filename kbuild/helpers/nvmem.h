/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/nvmem-provider.h>, <linux/nvmem-consumer.h> for <kernel/nvmem.hpp> */

#include <linux/device.h>
#include <linux/nvmem-consumer.h>
#include <linux/nvmem-provider.h>
#include <linux/slab.h>
#include <linux/string.h>

static const unsigned int KCXX_NVMEM_TYPE_UNKNOWN = NVMEM_TYPE_UNKNOWN;
static const unsigned int KCXX_NVMEM_TYPE_EEPROM = NVMEM_TYPE_EEPROM;
static const unsigned int KCXX_NVMEM_TYPE_OTP = NVMEM_TYPE_OTP;
static const unsigned int KCXX_NVMEM_TYPE_BATTERY_BACKED = NVMEM_TYPE_BATTERY_BACKED;
static const unsigned int KCXX_NVMEM_TYPE_FRAM = NVMEM_TYPE_FRAM;
static const int KCXX_NVMEM_DEVID_NONE = NVMEM_DEVID_NONE;
static const int KCXX_NVMEM_DEVID_AUTO = NVMEM_DEVID_AUTO;

/* Static functions in kernels without it */
static inline struct nvmem_device *kcxx_nvmem_register(const struct nvmem_config *config)
{
	return nvmem_register(config);
}

static inline void kcxx_nvmem_unregister(struct nvmem_device *nvmem)
{
	nvmem_unregister(nvmem);
}

static inline const char *kcxx_nvmem_dev_name(struct nvmem_device *nvmem)
{
	return nvmem_dev_name(nvmem);
}

static inline struct nvmem_cell *kcxx_devm_nvmem_cell_get(struct device *dev, const char *name)
{
	return devm_nvmem_cell_get(dev, name);
}

/* Copies the cell, if there is room for it; sets *size in any case */
static inline int kcxx_nvmem_cell_read(struct nvmem_cell *cell, void *to, size_t room, size_t *size)
{
	void *read = nvmem_cell_read(cell, size);
	int error = 0;

	if (IS_ERR(read))
		return PTR_ERR(read);
	if (*size <= room)
		memcpy(to, read, *size);
	else
		error = -ERANGE;
	kfree(read);
	return error;
}

/* C's pointer is to what could change, and does not; C returns the size */
static inline int kcxx_nvmem_cell_write(struct nvmem_cell *cell, const void *from, size_t size)
{
	int written = nvmem_cell_write(cell, (void *)from, size);

	return written < 0 ? written : 0;
}

static inline void kcxx_nvmem_add_cell_lookups(struct nvmem_cell_lookup *entries, size_t count)
{
	nvmem_add_cell_lookups(entries, count);
}

static inline void kcxx_nvmem_del_cell_lookups(struct nvmem_cell_lookup *entries, size_t count)
{
	nvmem_del_cell_lookups(entries, count);
}

/* A macro */
static inline void *kcxx_devres_alloc(void (*release)(struct device *, void *), size_t size)
{
	return devres_alloc(release, size, GFP_KERNEL);
}
