// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <utility>

#include <kernel/auxiliary.hpp>
#include <kernel/module.hpp>
#include <kernel/pci.hpp>
#include <kernel/prelude.hpp>

using namespace kernel;

KCXX_SAFE

MODULE_AUTHOR("kcxx contributors");
MODULE_DESCRIPTION("A driver for QEMU's pci-testdev that makes two parts of it, and theirs");
MODULE_LICENSE("Dual MIT/GPL");

namespace
{

class Whole
{
public:
	static constexpr pci::Ids ids{pci::id(0x1b36, 0x0005)};

	static Result<Whole> probe(pci::BoundDevice & /*device*/) { return {std::in_place}; }

	Result<> start(pci::BoundDevice &device)
	{
		KTRY(auxiliary::add(device, "auxiliary", 0));
		return auxiliary::add(device, "auxiliary", 1);
	}
};

class Part
{
public:
	static constexpr auxiliary::Ids ids{auxiliary::id("cxx_driver_auxiliary.auxiliary")};

	static Result<Part> probe(auxiliary::BoundDevice &device)
	{
		const pci::Device &whole = KTRY(pci::Device::from(device.parent()));
		dev_info(device, "part %u of a device with the ids 0x%x, 0x%x\n", device.id(),
			 whole.vendor(), whole.device());
		return {std::in_place};
	}
};

struct Drivers {
	static Result<Drivers> init(ThisModule &module)
	{
		auto part = KTRY(auxiliary::Registration<Part>::make(module));
		auto whole = KTRY(pci::Registration<Whole>::make(module));
		return {std::in_place, std::move(part), std::move(whole)};
	}

	auxiliary::Registration<Part> part;
	pci::Registration<Whole> whole;
};

} // namespace

KERNEL_AUXILIARY_DEVICE_TABLE(Part);
KERNEL_PCI_DEVICE_TABLE(Whole);
KERNEL_MODULE(Drivers);
