// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <utility>

#include <linux/completion.h>
#include <linux/dma-mapping.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/random.h>
#include <linux/string.h>

#include <kernel/error.hpp>

using namespace kernel;

MODULE_AUTHOR("kcxx contributors");
MODULE_DESCRIPTION("A driver for QEMU's edu, a PCI device to learn from");
MODULE_LICENSE("Dual MIT/GPL");

namespace
{

unsigned long dma_mask = DMA_BIT_MASK(28);
module_param(dma_mask, ulong, 0444);
MODULE_PARM_DESC(dma_mask, "the device's dma_mask, as QEMU was told it");

/// The offsets of the registers in BAR 0
enum class Register : unsigned {
	id = 0x00,
	liveness = 0x04, // reads as the complement of what was written
	factorial = 0x08,
	status = 0x20,
	irq_status = 0x24,
	irq_acknowledge = 0x64,
	dma_source = 0x80,
	dma_destination = 0x88,
	dma_count = 0x90,
	dma_command = 0x98,
};

constexpr u32 status_irq_when_computed = BIT(7);

constexpr u32 dma_start = BIT(0);
constexpr u32 dma_to_memory = BIT(1); // else from memory
constexpr u32 dma_irq_when_done = BIT(2);

constexpr u32 irq_factorial = BIT(0);
constexpr u32 irq_dma = BIT(8);

constexpr dma_addr_t device_memory = 0x40000; // the DMA address of the device's own 4 KiB

/// Memory that the device and the CPU see alike, until the object ends
class CoherentMemory
{
public:
	CoherentMemory(device &dev, size_t size)
	    : dev_{dev}, size_{size}, bytes_{dma_alloc_coherent(&dev, size, &address_, GFP_KERNEL)}
	{
	}
	CoherentMemory(const CoherentMemory &) = delete;
	CoherentMemory &operator=(const CoherentMemory &) = delete;
	~CoherentMemory() { dma_free_coherent(&dev_, size_, bytes_, address_); } // ignores null

	explicit operator bool() const { return bytes_ != nullptr; }
	[[nodiscard]] void *bytes() const { return bytes_; }
	[[nodiscard]] dma_addr_t address() const { return address_; }

private:
	device &dev_;
	size_t size_;
	dma_addr_t address_ = 0;
	void *bytes_;
};

/// A device. Its registers and its interrupt are managed: the kernel releases them, in reverse
/// order, when probe() fails or the driver leaves the device.
class Edu
{
public:
	static Result<> probe(pci_dev &pdev);

private:
	static irqreturn_t on_irq(int irq, void *data);

	[[nodiscard]] u32 read(Register place) const
	{
		return readl(registers_ + std::to_underlying(place));
	}
	void write(Register place, u64 value)
	{
		writel(static_cast<u32>(value), registers_ + std::to_underlying(place));
	}

	Result<> wait_for(u32 irq);
	Result<u32> factorial(u32 number);
	Result<> copy(dma_addr_t source, dma_addr_t destination, size_t size, u32 direction);
	Result<> test_dma();

	pci_dev *pdev_;
	u8 __iomem *registers_;
	completion irq_came_;
	u32 irqs_; // of the last interrupt
};

irqreturn_t Edu::on_irq(int /*irq*/, void *data)
{
	auto &edu = *static_cast<Edu *>(data);
	const u32 irqs = edu.read(Register::irq_status);
	if (irqs == 0) // an interrupt of another device
		return IRQ_NONE;
	edu.write(Register::irq_acknowledge, irqs);
	edu.irqs_ = irqs;
	complete(&edu.irq_came_);
	return IRQ_HANDLED;
}

Result<> Edu::wait_for(u32 irq)
{
	if (wait_for_completion_timeout(&irq_came_, 10UL * HZ) == 0)
		return ETIMEDOUT;
	if (irqs_ != irq)
		return EIO;
	return {};
}

Result<u32> Edu::factorial(u32 number)
{
	write(Register::status, status_irq_when_computed);
	write(Register::factorial, number);
	KTRY(wait_for(irq_factorial));
	return read(Register::factorial);
}

Result<> Edu::copy(dma_addr_t source, dma_addr_t destination, size_t size, u32 direction)
{
	write(Register::dma_source, source);
	write(Register::dma_destination, destination);
	write(Register::dma_count, size);
	write(Register::dma_command, dma_start | dma_irq_when_done | direction);
	const Result<> done = wait_for(irq_dma);
	if (!done)
		pci_clear_master(pdev_); // a late transfer would reach memory of another user
	return done;
}

/// Sends random bytes to the device, and fetches them back
Result<> Edu::test_dma()
{
	constexpr size_t size = 1024;
	const CoherentMemory sent{pdev_->dev, size};
	const CoherentMemory received{pdev_->dev, size};
	if (!sent || !received)
		return ENOMEM;
	get_random_bytes(sent.bytes(), size);
	KTRY(copy(sent.address(), device_memory, size, 0));
	KTRY(copy(device_memory, received.address(), size, dma_to_memory));
	if (memcmp(sent.bytes(), received.bytes(), size) != 0)
		return EIO;
	dev_info(&pdev_->dev, "%zu bytes went to the device and came back\n", size);
	return {};
}

Result<> Edu::probe(pci_dev &pdev)
{
	device &dev = pdev.dev;
	auto *edu = static_cast<Edu *>(devm_kzalloc(&dev, sizeof(Edu), GFP_KERNEL));
	if (edu == nullptr)
		return ENOMEM;
	edu->pdev_ = &pdev;
	init_completion(&edu->irq_came_);

	KTRY(to_result(pcim_enable_device(&pdev)));
	KTRY(to_result(pcim_iomap_regions(&pdev, BIT(0), KBUILD_MODNAME)));
	edu->registers_ = static_cast<u8 __iomem *>(pcim_iomap_table(&pdev)[0]);
	edu->write(Register::liveness, 0x12345678);
	if (edu->read(Register::liveness) != ~0x12345678U)
		return ENODEV;

	KTRY(to_result(dma_set_mask_and_coherent(&dev, dma_mask)));
	pci_set_master(&pdev);
	KTRY(to_result(pci_alloc_irq_vectors(&pdev, 1, 1, PCI_IRQ_ALL_TYPES)));
	const int irq = KTRY(from_c(pci_irq_vector(&pdev, 0)));
	KTRY(to_result(devm_request_irq(&dev, irq, on_irq, IRQF_SHARED, KBUILD_MODNAME, edu)));

	dev_info(&dev, "id %08x, interrupts by %s\n", edu->read(Register::id),
		 pdev.msi_enabled ? "MSI" : "INTx");
	dev_info(&dev, "10! = %u\n", KTRY(edu->factorial(10)));
	return edu->test_dma();
}

int probe(pci_dev *pdev, const pci_device_id * /*id*/)
{
	return to_c(Edu::probe(*pdev));
}

const pci_device_id edu_ids[] = {
	{PCI_DEVICE(0x1234, 0x11e8)},
	{},
};
MODULE_DEVICE_TABLE(pci, edu_ids);

constinit pci_driver edu_driver = {
	.name = KBUILD_MODNAME,
	.id_table = edu_ids,
	.probe = probe,
};
module_pci_driver(edu_driver);

} // namespace
