// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Capabilities, states of power and resets of a PCI Express device: QEMU's nvme.

#include <utility>

#include <linux/pci.h>

#include <kernel/io.hpp>
#include <kernel/pci.hpp>
#include <kernel/sync.hpp>

#include "behaviours.hpp"

using namespace kernel;

MODULE_LICENSE("Dual MIT/GPL");

namespace
{

// In the capability of power management
using CapabilityNumber = Register<u8, 0, Access::read_only>;
struct PowerControl : Register<u16, 4> {
	using State = Field<1, 0>;
};

// In the device's memory
using Version = Register<u32, 0x08, Access::read_only>;

class Nvme
{
public:
	static constexpr pci::Ids ids{pci::id(0x1b36, 0x0010)};

	static Result<Nvme> probe(pci::BoundDevice &device)
	{
		KTRY(device.enable());
		return {std::in_place, device, KTRY(device.map<0x1000>(0))};
	}
	Nvme(pci::BoundDevice &bound, Mmio<0x1000> mapped) : device{bound}, registers{mapped} {}

	Result<> start(pci::BoundDevice &bound);

	void reset_prepare(pci::BoundDevice & /*bound*/) { prepared.add(1); }
	void reset_done(pci::BoundDevice & /*bound*/) { done.add(1); }
	pci::ErrorAnswer error_detected(pci::BoundDevice & /*bound*/, pci::Channel channel)
	{
		return channel == pci::Channel::dead ? pci::ErrorAnswer::disconnect
						     : pci::ErrorAnswer::need_reset;
	}
	pci::ErrorAnswer slot_reset(pci::BoundDevice &bound)
	{
		bound.restore_state();
		return pci::ErrorAnswer::recovered;
	}
	void error_resume(pci::BoundDevice & /*bound*/) { resumed.add(1); }

	pci::BoundDevice &device;
	Mmio<0x1000> registers;
	Atomic<int> prepared{0};
	Atomic<int> done{0};
	Atomic<int> resumed{0};
};

using Behaviour = BehaviourOf<Nvme>;

Result<> capability_has_its_registers(Nvme &nvme)
{
	const auto power = KTRY(nvme.device.capability<8>(pci::capabilities::power_management));
	CHECK(power.start() >= 0x40);
	CHECK(power.read<CapabilityNumber>() ==
	      static_cast<u8>(pci::capabilities::power_management.number()));
	const auto express = KTRY(nvme.device.capability<4>(pci::capabilities::express));
	CHECK(express.start() != power.start());
	return {};
}

Result<> device_sleeps_and_wakes(Nvme &nvme)
{
	const auto power = KTRY(nvme.device.capability<8>(pci::capabilities::power_management));
	CHECK(nvme.device.power_state() == pci::PowerState::d0);
	const u32 version = nvme.registers.read<Version>().bits();
	KTRY(nvme.device.save_state());
	KTRY(nvme.device.set_power_state(pci::PowerState::d3hot));
	CHECK(nvme.device.power_state() == pci::PowerState::d3hot);
	CHECK(power.read<PowerControl>().get<PowerControl::State>() == 3);
	KTRY(nvme.device.set_power_state(pci::PowerState::d0));
	nvme.device.restore_state();
	CHECK(power.read<PowerControl>().get<PowerControl::State>() == 0);
	CHECK(nvme.registers.read<Version>() == version);
	return {};
}

Result<> reset_ends_with_the_device_as_it_was_and_the_driver_is_told(Nvme &nvme)
{
	const u32 version = nvme.registers.read<Version>().bits();
	const auto command = nvme.device.config().read<pci::CommandRegister>();
	const int before = nvme.done.read();
	KTRY(nvme.device.reset());
	CHECK(nvme.prepared.read() == before + 1 && nvme.done.read() == before + 1);
	CHECK(nvme.device.config().read<pci::CommandRegister>() == command);
	CHECK(nvme.registers.read<Version>() == version);
	return {};
}

Result<> reset_from_elsewhere_is_refused_while_the_device_is_locked(Nvme &nvme)
{
	CHECK(nvme.device.try_reset().error_or(EPERM) == EAGAIN);
	return {};
}

/// As the kernel's drivers/pci/pcie/err.c does
Result<> errors_go_to_the_functions_of_the_driver(Nvme &nvme)
{
	::pci_dev *raw = nvme.device.raw();
	const ::pci_error_handlers *handlers = raw->driver->err_handler;
	CHECK(handlers->error_detected(raw, 2) ==
	      static_cast<unsigned int>(pci::ErrorAnswer::need_reset));
	CHECK(handlers->error_detected(raw, 3) ==
	      static_cast<unsigned int>(pci::ErrorAnswer::disconnect));
	CHECK(handlers->mmio_enabled == nullptr); // the class has none
	KTRY(nvme.device.save_state());
	CHECK(handlers->slot_reset(raw) == static_cast<unsigned int>(pci::ErrorAnswer::recovered));
	handlers->resume(raw);
	CHECK(nvme.resumed.read() == 1);
	return {};
}

const Behaviour behaviours[] = {
	BEHAVES(capability_has_its_registers),
	BEHAVES(device_sleeps_and_wakes),
	BEHAVES(reset_ends_with_the_device_as_it_was_and_the_driver_is_told),
	BEHAVES(reset_from_elsewhere_is_refused_while_the_device_is_locked),
	BEHAVES(errors_go_to_the_functions_of_the_driver),
};

Result<> Nvme::start(pci::BoundDevice & /*bound*/)
{
	report(*this, behaviours);
	return {};
}

} // namespace

KERNEL_PCI_DRIVER(Nvme);
