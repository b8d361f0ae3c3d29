/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/pci.h> for <kernel/pci.hpp> */

#include <linux/cpumask.h>
#include <linux/interrupt.h>
#include <linux/pci.h>

static const unsigned int KCXX_PCI_ANY_ID = (unsigned int)PCI_ANY_ID;
static const unsigned int KCXX_PCI_IRQ_INTX = 1U << 0; /* PCI_IRQ_LEGACY before 6.8 */
static const unsigned int KCXX_PCI_IRQ_MSI = PCI_IRQ_MSI;
static const unsigned int KCXX_PCI_IRQ_MSIX = PCI_IRQ_MSIX;

/* Macros */
static inline unsigned long long kcxx_pci_resource_len(struct pci_dev *pdev, int bar)
{
	return pci_resource_len(pdev, bar);
}

static inline _Bool kcxx_pci_bar_is_memory(struct pci_dev *pdev, int bar)
{
	return (pci_resource_flags(pdev, bar) & IORESOURCE_MEM) != 0;
}

static inline void *kcxx_pci_iomap(struct pci_dev *pdev, int bar, unsigned long size)
{
	return (__force void *)pci_iomap(pdev, bar, size);
}

static inline void kcxx_pci_iounmap(struct pci_dev *pdev, void *registers)
{
	pci_iounmap(pdev, (void __iomem *)registers);
}

static inline int kcxx_pci_alloc_irq_vectors(struct pci_dev *pdev, unsigned int least,
					     unsigned int most, unsigned int kinds)
{
	return pci_alloc_irq_vectors(pdev, least, most, kinds);
}

static inline int kcxx_pci_spread_irq_vectors(struct pci_dev *pdev, unsigned int least,
					      unsigned int most, unsigned int kinds,
					      unsigned int before, unsigned int after)
{
	struct irq_affinity affinity = {
		.pre_vectors = before,
		.post_vectors = after,
	};

	return pci_alloc_irq_vectors_affinity(pdev, least, most, kinds | PCI_IRQ_AFFINITY,
					      &affinity);
}

static inline _Bool kcxx_pci_irq_serves(struct pci_dev *pdev, unsigned int vector,
					unsigned int cpu)
{
	const struct cpumask *mask = pci_irq_get_affinity(pdev, vector);

	return mask && cpu < nr_cpu_ids && cpumask_test_cpu(cpu, mask);
}

static inline int kcxx_pci_register_driver(struct pci_driver *driver, struct module *owner,
					   const char *module)
{
	return __pci_register_driver(driver, owner, module);
}

static inline _Bool kcxx_pci_bar_is_ports(struct pci_dev *pdev, int bar)
{
	return (pci_resource_flags(pdev, bar) & IORESOURCE_IO) != 0;
}

static inline unsigned long kcxx_pci_resource_start(struct pci_dev *pdev, int bar)
{
	return pci_resource_start(pdev, bar);
}

/* A device that does not answer reads as ones */
static inline unsigned char kcxx_pci_read_config_byte(struct pci_dev *pdev, int where)
{
	u8 value = 0xff;

	return pci_read_config_byte(pdev, where, &value) ? 0xff : value;
}

static inline unsigned short kcxx_pci_read_config_word(struct pci_dev *pdev, int where)
{
	u16 value = 0xffff;

	return pci_read_config_word(pdev, where, &value) ? 0xffff : value;
}

static inline unsigned int kcxx_pci_read_config_dword(struct pci_dev *pdev, int where)
{
	u32 value = ~0U;

	return pci_read_config_dword(pdev, where, &value) ? ~0U : value;
}

static inline int kcxx_pci_set_power_state(struct pci_dev *pdev, int state)
{
	return pci_set_power_state(pdev, (__force pci_power_t)state);
}

static const int KCXX_PCI_D0 = (__force int)PCI_D0;
static const int KCXX_PCI_D1 = (__force int)PCI_D1;
static const int KCXX_PCI_D2 = (__force int)PCI_D2;
static const int KCXX_PCI_D3HOT = (__force int)PCI_D3hot;
static const int KCXX_PCI_D3COLD = (__force int)PCI_D3cold;

static const unsigned int KCXX_PCI_CHANNEL_NORMAL = (__force unsigned int)pci_channel_io_normal;
static const unsigned int KCXX_PCI_CHANNEL_FROZEN = (__force unsigned int)pci_channel_io_frozen;
static const unsigned int KCXX_PCI_CHANNEL_DEAD = (__force unsigned int)pci_channel_io_perm_failure;

static const unsigned int KCXX_PCI_ERS_NONE = (__force unsigned int)PCI_ERS_RESULT_NONE;
static const unsigned int KCXX_PCI_ERS_CAN_RECOVER =
	(__force unsigned int)PCI_ERS_RESULT_CAN_RECOVER;
static const unsigned int KCXX_PCI_ERS_NEED_RESET = (__force unsigned int)PCI_ERS_RESULT_NEED_RESET;
static const unsigned int KCXX_PCI_ERS_DISCONNECT = (__force unsigned int)PCI_ERS_RESULT_DISCONNECT;
static const unsigned int KCXX_PCI_ERS_RECOVERED = (__force unsigned int)PCI_ERS_RESULT_RECOVERED;

static inline struct pci_dev *kcxx_as_pci_dev(struct device *dev)
{
	return dev_is_pci(dev) ? to_pci_dev(dev) : NULL;
}
