/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/dma-mapping.h> for <kernel/dma.hpp> */

#include <linux/dma-mapping.h>

static inline int kcxx_dma_set_mask_and_coherent(struct device *dev, unsigned long long mask)
{
	return dma_set_mask_and_coherent(dev, mask);
}

static inline void *kcxx_dma_alloc_coherent(struct device *dev, size_t size,
					    unsigned long long *address, unsigned int flags)
{
	dma_addr_t made = 0;
	void *memory = dma_alloc_coherent(dev, size, &made, (__force gfp_t)flags);

	*address = made;
	return memory;
}

static inline void kcxx_dma_free_coherent(struct device *dev, size_t size, void *memory,
					  unsigned long long address)
{
	dma_free_coherent(dev, size, memory, address);
}
