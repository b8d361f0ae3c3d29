// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* A driver for the platform device nocost_c: counts its interrupts, and lends it buffers */

#include <linux/dma-mapping.h>
#include <linux/interrupt.h>
#include <linux/mod_devicetable.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

#include "subjects.h"

struct counter {
	struct device *device;
	unsigned long interrupts;
};

static struct counter *counter; /* of the only device */

static irqreturn_t counter_interrupt(int irq, void *data)
{
	struct counter *own = data;

	own->interrupts++;
	return IRQ_HANDLED;
}

static int counter_probe(struct platform_device *device)
{
	int irq = platform_get_irq(device, 0);
	struct counter *made;
	int error;

	if (irq < 0)
		return irq;
	error = dma_set_mask_and_coherent(&device->dev, DMA_BIT_MASK(64));
	if (error)
		return error;
	made = devm_kzalloc(&device->dev, sizeof(*made), GFP_KERNEL);
	if (!made)
		return -ENOMEM;
	made->device = &device->dev;
	counter = made;
	return devm_request_irq(&device->dev, irq, counter_interrupt, 0, "nocost_c", made);
}

static const struct platform_device_id ids[] = {{.name = "nocost_c"}, {}};

static struct platform_driver driver = {
	.driver = {.name = "nocost_c"},
	.id_table = ids,
	.probe = counter_probe,
};

int c_driver_make(void)
{
	return platform_driver_register(&driver);
}

void c_driver_destroy(void)
{
	platform_driver_unregister(&driver);
}

unsigned long c_interrupts(void)
{
	return counter->interrupts;
}

int c_dma_map(void)
{
	struct device *device = counter->device;
	u8 *buffer = kzalloc(BUFFER_SIZE, GFP_KERNEL);
	dma_addr_t address;

	if (!buffer)
		return -ENOMEM;
	address = dma_map_single(device, buffer, BUFFER_SIZE, DMA_TO_DEVICE);
	if (dma_mapping_error(device, address)) {
		kfree(buffer);
		return -ENOMEM;
	}
	dma_unmap_single(device, address, BUFFER_SIZE, DMA_TO_DEVICE);
	kfree(buffer);
	return 0;
}
