// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// I/O ports that no bus describes, such as those of a Super-I/O chip. C API: request_region(),
/// request_muxed_region() of <linux/ioport.h>.
///
///     auto chip = KTRY(MuxedPorts<2>::take(0x2e)); // until this ends
///     chip->write<Index>(0x20);
///     const u8 id = chip->read<Data>().bits();

#pragma once

#include <cstddef>
#include <utility>

#include <generated/bindings/io/port_region.hpp>
#include <kernel/bug.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/io/ports.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/lifetime.hpp>

namespace kernel
{

/// Reserves `Size` ports from `first` on for the device, until it is unbound.
///
/// Errors: EBUSY if another driver has one of them. Context: may sleep.
template <std::size_t Size>
[[nodiscard]] Result<Ports<Size>> request_ports(BoundDevice &device,
						unsigned long first) KCXX_MAY_SLEEP
{
	// SAFETY: the device is bound; the name is static.
	if (!bindings::kcxx_devm_request_ports(device, first, Size, KBUILD_MODNAME))
		return EBUSY;
	return Ports<Size>::adopt(first);
}

/// `Size` ports that several drivers use in turn, as long as this lives: those of a chip with
/// several functions are entered by a key, for one driver at a time. Moves, does not copy.
template <std::size_t Size>
class [[nodiscard]] MuxedPorts
{
public:
	/// Waits until no other driver has the ports from `first` on.
	///
	/// Errors: EBUSY if a driver has reserved one of them for itself; ENOMEM is EBUSY, too.
	/// Context: may sleep; not while the caller has the same ports.
	[[nodiscard]] static Result<MuxedPorts> take(unsigned long first) KCXX_MAY_SLEEP
	{
		// SAFETY: the name is static.
		if (!bindings::kcxx_request_muxed_ports(first, Size, KBUILD_MODNAME))
			return EBUSY;
		return MuxedPorts{first};
	}

	MuxedPorts(const MuxedPorts &) = delete;
	MuxedPorts &operator=(const MuxedPorts &) = delete;
	/// Leaves the other without ports.
	MuxedPorts(MuxedPorts &&other) noexcept
	    : ports_{other.ports_}, taken_{std::exchange(other.taken_, false)}
	{
	}
	MuxedPorts &operator=(MuxedPorts &&) = delete;
	/// Lets the next driver have them. Context: any.
	~MuxedPorts()
	{
		if (taken_)
			// SAFETY: take() reserved them, and they are given back once.
			bindings::kcxx_release_ports(ports_.raw(), Size);
	}

	/// The ports; BUG()s after a move
	[[nodiscard]] const Ports<Size> *operator->() const KCXX_LIFETIMEBOUND
	{
		if (!taken_) [[unlikely]]
			bug("MuxedPorts: used after a move");
		return &ports_;
	}

private:
	explicit MuxedPorts(unsigned long first) noexcept : ports_{Ports<Size>::adopt(first)} {}

	Ports<Size> ports_;
	bool taken_ = true;
};

} // namespace kernel
