// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Files that a driver loads into its device. C API: <linux/firmware.h>.
///
///     const auto image = KTRY(Firmware::request(device, "acme/pump.bin"));
///     KTRY(upload(image.bytes()));

#pragma once

#include <cstddef>
#include <span>
#include <utility>

#include <generated/kcxx-bindings.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/integers.hpp>
#include <kernel/types/lifetime.hpp>

struct firmware;

namespace kernel
{

/// A file of /lib/firmware in memory, as long as this lives. Moves, does not copy.
class [[nodiscard]] Firmware
{
public:
	/// Loads the file `name`, which is below /lib/firmware. While the system starts, it may be
	/// missing as yet. The module names it for initramfs by MODULE_FIRMWARE(name).
	///
	/// Errors: ENOENT if it is missing, which the kernel logs; EINVAL if the name is empty;
	/// ENOMEM. Context: may sleep.
	[[nodiscard]] static Result<Firmware> request(BoundDevice &device,
						      const char *name) KCXX_MAY_SLEEP
	{
		const ::firmware *raw = nullptr;
		// SAFETY: the device is bound, and the name is read before the call returns.
		KTRY(to_result(bindings::request_firmware(&raw, name, device)));
		return Firmware{raw};
	}

	/// The same for a file that the driver does without: a kernel without patches logs nothing.
	[[nodiscard]] static Result<Firmware> request_optional(BoundDevice &device,
							       const char *name) KCXX_MAY_SLEEP
	{
		const ::firmware *raw = nullptr;
		// SAFETY: as above.
		KTRY(to_result(bindings::firmware_request_nowarn(&raw, name, device)));
		return Firmware{raw};
	}

	Firmware(const Firmware &) = delete;
	Firmware &operator=(const Firmware &) = delete;
	/// Leaves the other without a file.
	Firmware(Firmware &&other) noexcept : raw_{std::exchange(other.raw_, nullptr)} {}
	/// Takes the other's file, and gives this one's to it.
	Firmware &operator=(Firmware &&other) noexcept
	{
		std::swap(raw_, other.raw_);
		return *this;
	}
	/// Gives the memory back. Context: may sleep.
	~Firmware() KCXX_MAY_SLEEP
	{
		// SAFETY: the file is this object's; null is ignored.
		bindings::release_firmware(raw_);
	}

	/// The bytes of the file: none after a move
	[[nodiscard]] std::span<const u8> bytes() const noexcept KCXX_LIFETIMEBOUND
	{
		if (raw_ == nullptr)
			return {};
		// SAFETY: the file is this object's.
		return {bindings::kcxx_firmware_data(raw_), bindings::kcxx_firmware_size(raw_)};
	}

private:
	explicit Firmware(const ::firmware *raw) noexcept : raw_{raw} {}

	const ::firmware *raw_;
};

} // namespace kernel
