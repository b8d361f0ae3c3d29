/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/spi/spi.h> for <kernel/spi.hpp> */

#include <linux/of.h>
#include <linux/property.h>
#include <linux/spi/spi.h>
#include <linux/string.h>
#include <linux/version.h>

static const unsigned int KCXX_SPI_MODE_0 = SPI_MODE_0;
static const unsigned int KCXX_SPI_MODE_1 = SPI_MODE_1;
static const unsigned int KCXX_SPI_MODE_2 = SPI_MODE_2;
static const unsigned int KCXX_SPI_MODE_3 = SPI_MODE_3;
static const unsigned int KCXX_SPI_DELAY_UNIT_USECS = SPI_DELAY_UNIT_USECS;
static const unsigned int KCXX_SPI_CONTROLLER_MUST_RX = SPI_CONTROLLER_MUST_RX;
static const unsigned int KCXX_SPI_CONTROLLER_MUST_TX = SPI_CONTROLLER_MUST_TX;

/* A member before 6.3, and an array since 6.8 */
static inline unsigned int kcxx_spi_chip_select(struct spi_device *spi)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0)
	return spi_get_chipselect(spi, 0);
#else
	return spi->chip_select;
#endif
}

static inline int kcxx_spi_sync_transfer(struct spi_device *spi, struct spi_transfer *transfers,
					 unsigned int count)
{
	return spi_sync_transfer(spi, transfers, count);
}

static inline void kcxx_spi_unregister_driver(struct spi_driver *driver)
{
	spi_unregister_driver(driver);
}

/* The number of the row of the driver's ids, from 1; 0 without */
static inline unsigned long kcxx_spi_match_row(struct spi_device *spi)
{
	const struct spi_device_id *id = spi_get_device_id(spi);

	return id ? id->driver_data + 1 : 0;
}

static inline struct device *kcxx_spi_controller_device(struct spi_controller *controller)
{
	return &controller->dev;
}

static inline struct spi_controller *kcxx_spi_controller_of(struct spi_device *spi)
{
	return spi->controller;
}

static inline void kcxx_spi_controller_put(struct spi_controller *controller)
{
	spi_controller_put(controller);
}

/* The bus has the next free number, and the devices that a device tree names. */
static inline void kcxx_spi_describe(struct spi_controller *controller, struct device *dev,
				     unsigned short chip_selects, unsigned int modes,
				     unsigned int bits_per_word)
{
	controller->bus_num = -1;
	controller->num_chipselect = chip_selects;
	controller->mode_bits = modes;
	controller->bits_per_word_mask = bits_per_word;
	/* A software node that is managed has one device alone; 7.3 gives it to the controller. */
	if (dev->of_node)
		device_set_node(&controller->dev, of_fwnode_handle(dev->of_node));
	else if (is_software_node(dev_fwnode(&controller->dev)))
		device_set_node(&controller->dev, NULL);
}

/* Without a node, @node is NULL. */
static inline struct spi_device *
kcxx_spi_new_device(struct spi_controller *controller, const char *name, unsigned short chip_select,
		    unsigned int max_speed_hz, unsigned int mode, int irq,
		    struct fwnode_handle *node)
{
	struct spi_board_info info = {
		.chip_select = chip_select,
		.max_speed_hz = max_speed_hz,
		.mode = mode,
		.irq = irq,
		.swnode = to_software_node(node),
	};

	strscpy(info.modalias, name, sizeof(info.modalias));
	return spi_new_device(controller, &info);
}
