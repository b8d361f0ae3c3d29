// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The driver of QEMU's e1000e, a network card behind a root port, whose errors the guest injects.

#include <utility>

#include <kernel/module.hpp>
#include <kernel/pci.hpp>
#include <kernel/sync.hpp>

#include "behaviours.hpp"

using namespace kernel;

MODULE_LICENSE("Dual MIT/GPL");

namespace
{

class Card
{
public:
	static constexpr pci::Ids ids{pci::id(0x8086, 0x10d3)};

	static Result<Card> probe(pci::BoundDevice &device)
	{
		if (device.subdevice() != 0) // messages.cc has the other
			return ENODEV;
		KTRY(device.enable());
		KTRY(device.save_state());
		return {std::in_place};
	}

	pci::ErrorAnswer error_detected(pci::BoundDevice &device, pci::Channel channel)
	{
		dev_info(device, "step: %s\n",
			 channel == pci::Channel::normal ? "error" : "frozen");
		errors_.add(1);
		return errors_.read() == 1 ? pci::ErrorAnswer::can_recover
					   : pci::ErrorAnswer::need_reset;
	}
	pci::ErrorAnswer mmio_enabled(pci::BoundDevice &device)
	{
		dev_info(device, "step: registers\n");
		return pci::ErrorAnswer::recovered;
	}
	pci::ErrorAnswer slot_reset(pci::BoundDevice &device)
	{
		device.restore_state();
		dev_info(device, "step: reset\n");
		return pci::ErrorAnswer::recovered;
	}
	void error_resume(pci::BoundDevice &device) { dev_info(device, "step: well\n"); }

private:
	Atomic<int> errors_{0}; // it recovers from the first one without a reset
};

} // namespace

KERNEL_PCI_DRIVER(Card);
