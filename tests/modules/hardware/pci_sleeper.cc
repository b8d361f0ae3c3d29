// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A PCI device that sleeps as long as no one uses it: QEMU's i6300esb, whose registers are not
/// touched.

#include <utility>

#include <kernel/device.hpp>
#include <kernel/module.hpp>
#include <kernel/pci.hpp>
#include <kernel/sync.hpp>
#include <kernel/sysfs.hpp>

using namespace kernel;

MODULE_LICENSE("Dual MIT/GPL");

namespace
{

class Sleeper
{
public:
	static constexpr pci::Ids ids{pci::id(0x8086, 0x25ab)};

	static Result<Sleeper> probe(pci::BoundDevice &device) { return {std::in_place, device}; }
	explicit Sleeper(pci::BoundDevice &bound) : device{bound} {}

	static Result<> start(pci::BoundDevice &bound) { return enable_runtime_pm(bound); }

	Result<> runtime_suspend(pci::BoundDevice & /*bound*/)
	{
		suspends.add(1);
		return {};
	}
	Result<> runtime_resume(pci::BoundDevice & /*bound*/)
	{
		resumes.add(1);
		return {};
	}

	/// The number of times it woke, once it is awake
	Result<int> woken() const
	{
		const auto awake = KTRY(Awake::make(device));
		return {std::in_place, resumes.read()};
	}
	/// The number of times it fell asleep
	Result<int> slept() const { return {std::in_place, suspends.read()}; }

	using Attributes = sysfs::Attributes<sysfs::ReadOnly<"woken", &Sleeper::woken>,
					     sysfs::ReadOnly<"slept", &Sleeper::slept>>;

	pci::BoundDevice &device;
	Atomic<int> suspends{0};
	Atomic<int> resumes{0};
};

} // namespace

KERNEL_PCI_DRIVER(Sleeper);
