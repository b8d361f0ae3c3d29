/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/dma-mapping.h>, <linux/dmapool.h> and <linux/scatterlist.h> for <kernel/dma.hpp> */

#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/scatterlist.h>

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

static const unsigned int KCXX_DMA_BIDIRECTIONAL = DMA_BIDIRECTIONAL;
static const unsigned int KCXX_DMA_TO_DEVICE = DMA_TO_DEVICE;
static const unsigned int KCXX_DMA_FROM_DEVICE = DMA_FROM_DEVICE;

/* Macros */
static inline unsigned long long kcxx_dma_map(struct device *dev, const void *memory, size_t size,
					      unsigned int direction)
{
	return dma_map_single(dev, (void *)memory, size, (enum dma_data_direction)direction);
}

static inline _Bool kcxx_dma_mapping_error(struct device *dev, unsigned long long address)
{
	return dma_mapping_error(dev, address) != 0;
}

static inline void kcxx_dma_unmap(struct device *dev, unsigned long long address, size_t size,
				  unsigned int direction)
{
	dma_unmap_single(dev, address, size, (enum dma_data_direction)direction);
}

static inline void kcxx_dma_sync_for_cpu(struct device *dev, unsigned long long address,
					 size_t size, unsigned int direction)
{
	dma_sync_single_for_cpu(dev, address, size, (enum dma_data_direction)direction);
}

static inline void kcxx_dma_sync_for_device(struct device *dev, unsigned long long address,
					    size_t size, unsigned int direction)
{
	dma_sync_single_for_device(dev, address, size, (enum dma_data_direction)direction);
}

static inline int kcxx_sg_alloc_table(struct sg_table *table, unsigned int rows, unsigned int flags)
{
	return sg_alloc_table(table, rows, (__force gfp_t)flags);
}

static inline void kcxx_sg_set_buf(struct scatterlist *row, const void *memory, size_t size)
{
	sg_set_buf(row, memory, (unsigned int)size);
}

static inline int kcxx_dma_map_table(struct device *dev, struct sg_table *table,
				     unsigned int direction)
{
	return dma_map_sgtable(dev, table, (enum dma_data_direction)direction, 0);
}

static inline void kcxx_dma_unmap_table(struct device *dev, struct sg_table *table,
					unsigned int direction)
{
	dma_unmap_sgtable(dev, table, (enum dma_data_direction)direction, 0);
}

static inline void kcxx_dma_sync_table_for_cpu(struct device *dev, struct sg_table *table,
					       unsigned int direction)
{
	dma_sync_sgtable_for_cpu(dev, table, (enum dma_data_direction)direction);
}

static inline void kcxx_dma_sync_table_for_device(struct device *dev, struct sg_table *table,
						  unsigned int direction)
{
	dma_sync_sgtable_for_device(dev, table, (enum dma_data_direction)direction);
}

static inline unsigned long long kcxx_sg_dma_address(struct scatterlist *row)
{
	return sg_dma_address(row);
}

static inline unsigned int kcxx_sg_dma_len(struct scatterlist *row)
{
	return sg_dma_len(row);
}

static inline void *kcxx_dma_pool_zalloc(struct dma_pool *pool, unsigned int flags,
					 unsigned long long *address)
{
	dma_addr_t made = 0;
	void *memory = dma_pool_zalloc(pool, (__force gfp_t)flags, &made);

	*address = made;
	return memory;
}
