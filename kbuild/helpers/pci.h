/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/pci.h> for <kernel/pci.hpp> */

#include <linux/pci.h>

static const unsigned int KCXX_PCI_ANY_ID = (unsigned int)PCI_ANY_ID;
static const unsigned int KCXX_PCI_IRQ_INTX = 1U << 0; /* PCI_IRQ_LEGACY before 6.8 */
static const unsigned int KCXX_PCI_IRQ_MSI = PCI_IRQ_MSI;
static const unsigned int KCXX_PCI_IRQ_MSIX = PCI_IRQ_MSIX;

static inline struct device *kcxx_pci_device(struct pci_dev *pdev)
{
	return &pdev->dev;
}

static inline struct pci_dev *kcxx_to_pci_dev(struct device *dev)
{
	return to_pci_dev(dev);
}

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

static inline int kcxx_pci_register_driver(struct pci_driver *driver, struct module *owner,
					   const char *module)
{
	return __pci_register_driver(driver, owner, module);
}
