// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The description of a system on a chip for user space: /sys/bus/soc/devices/soc0. C API:
/// <linux/sys_soc.h>. Kernels for arm64 and riscv64 have it: CONFIG_SOC_BUS.
///
///     auto soc = KTRY(soc::Device::make({.family = "ACME", .soc_id = "ACME15"}));

#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

#include <generated/bindings/soc.hpp>
#include <kernel/bug.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/box.hpp>
#include <kernel/string.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/lifetime.hpp>

struct soc_device;

namespace kernel::soc
{

/// The files of the device, each a text: an empty one has no file.
struct Attributes {
	std::string_view machine{};       ///< the board; if empty, that of the device tree
	std::string_view family{};        ///< of the chip
	std::string_view revision{};      ///< of the chip
	std::string_view serial_number{}; ///< of this one chip
	std::string_view soc_id{};        ///< the chip's name
};

/// A described system on a chip, as long as this lives. Moves, does not copy.
class [[nodiscard]] Device
{
public:
	/// Registers the description, whose texts are copied.
	///
	/// Errors: ENOMEM; as of soc_device_register(). Context: may sleep.
	[[nodiscard]] static Result<Device> make(const Attributes &attributes) KCXX_MAY_SLEEP
	{
		auto texts = KTRY(Box<Texts>::make(GFP_KERNEL));
		::soc_device_attribute &raw = texts->raw;
		raw.machine = KTRY(texts->copy(0, attributes.machine));
		raw.family = KTRY(texts->copy(1, attributes.family));
		raw.revision = KTRY(texts->copy(2, attributes.revision));
		raw.serial_number = KTRY(texts->copy(3, attributes.serial_number));
		raw.soc_id = KTRY(texts->copy(4, attributes.soc_id));
		// SAFETY: the texts live until the device is unregistered.
		::soc_device *device =
			KTRY(Error::from_pointer(bindings::soc_device_register(&raw)));
		return Device{std::move(texts), device};
	}

	Device(const Device &) = delete;
	Device &operator=(const Device &) = delete;
	/// Leaves the other without a device.
	Device(Device &&other) noexcept
	    : texts_{std::move(other.texts_)}, raw_{std::exchange(other.raw_, nullptr)}
	{
	}
	Device &operator=(Device &&other) = delete;
	/// Ends the device. Context: may sleep.
	~Device() KCXX_MAY_SLEEP
	{
		if (raw_ != nullptr)
			// SAFETY: the device is registered, and ends once, before its texts.
			bindings::soc_device_unregister(raw_);
	}

	/// The device, for messages; BUG()s after a move
	[[nodiscard]] kernel::Device &operator*() const KCXX_LIFETIMEBOUND
	{
		if (raw_ == nullptr) [[unlikely]]
			bug("soc::Device: used after a move");
		// SAFETY: the device is registered.
		return kernel::Device::of(bindings::kcxx_soc_device(raw_));
	}

private:
	/// C's attributes, and the texts that they point at
	struct Texts {
		::soc_device_attribute raw{};
		std::array<String, 5> copies;

		/// A copy for C; null for no text
		Result<const char *> copy(std::size_t index, std::string_view text)
		{
			if (text.empty())
				return nullptr;
			copies[index] = KTRY(String::from(text, GFP_KERNEL));
			return copies[index].c_str();
		}
	};

	Device(Box<Texts> texts, ::soc_device *raw) noexcept : texts_{std::move(texts)}, raw_{raw}
	{
	}

	Box<Texts> texts_;
	::soc_device *raw_;
};

} // namespace kernel::soc
