/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* spi_async() of <linux/spi/spi.h> for <kernel/spi/async_transfer.hpp> */

#include <linux/spi/spi.h>

/* A message of one transfer */
static inline int kcxx_spi_async(struct spi_device *spi, struct spi_message *message,
				 struct spi_transfer *transfer, void (*complete)(void *context),
				 void *context)
{
	spi_message_init_with_transfers(message, transfer, 1);
	message->complete = complete;
	message->context = context;
	return spi_async(spi, message);
}

static inline int kcxx_spi_message_status(const struct spi_message *message)
{
	return message->status;
}
