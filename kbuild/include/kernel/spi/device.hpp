// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Devices on an SPI bus. C API: struct spi_device of <linux/spi/spi.h>.

#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <span>

#include <generated/bindings/spi/device.hpp>
#include <kernel/device/bus_device.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/spi/transfer.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/integers.hpp>

struct spi_device;

namespace kernel::spi
{

/// The polarity and the phase of the clock. C: SPI_MODE_0 to SPI_MODE_3
enum class Mode : u32 {
	mode0 = KCXX_SPI_MODE_0, ///< idle low, sampled at the rising edge
	mode1 = KCXX_SPI_MODE_1, ///< idle low, sampled at the falling edge
	mode2 = KCXX_SPI_MODE_2, ///< idle high, sampled at the falling edge
	mode3 = KCXX_SPI_MODE_3, ///< idle high, sampled at the rising edge
};

/// A device on an SPI bus: a reference of this type is a pointer to C's struct spi_device.
/// Functions that talk to the device may sleep, and return the controller's errors: ETIMEDOUT, EIO,
/// EINVAL, ESHUTDOWN if the controller is gone.
class Device : public BusDevice<Device, ::spi_device>
{
public:
	// SAFETY, of all below: the device lives, and buffers have the size that is named.

	/// The number of the line that selects it, on its controller
	[[nodiscard]] unsigned int chip_select() const noexcept
	{
		return bindings::kcxx_spi_chip_select(raw());
	}
	/// The fastest clock, in hertz
	[[nodiscard]] u32 max_speed_hz() const noexcept { return raw()->max_speed_hz; }
	/// The polarity and the phase of the clock
	[[nodiscard]] Mode mode() const noexcept
	{
		return static_cast<Mode>(raw()->mode & KCXX_SPI_MODE_3);
	}

	/// Sends `command`, then receives `answer`; either may be empty. The memory may lie
	/// anywhere, the stack too: it is copied, so this is for short messages.
	///
	///     KTRY(device.write_then_read(std::array{read_status}, status));
	///
	/// Errors besides: ENOMEM. Context: may sleep.
	Result<> write_then_read(std::span<const u8> command,
				 std::span<u8> answer) const KCXX_MAY_SLEEP
	{
		return to_result(bindings::spi_write_then_read(
			raw(), command.data(), static_cast<unsigned int>(command.size()),
			answer.data(), static_cast<unsigned int>(answer.size())));
	}

	/// Sends `bytes`, from any memory, as write_then_read(). Context: may sleep.
	Result<> write(std::span<const u8> bytes) const KCXX_MAY_SLEEP
	{
		return write_then_read(bytes, {});
	}

	/// Makes all transfers, one after another, while the device is selected: one message.
	///
	///     KTRY(device.transfer(spi::send(command), spi::receive(page)));
	///
	/// Errors: of the controller. Context: may sleep.
	template <std::same_as<Transfer>... Transfers>
	Result<> transfer(const Transfers &...transfers) const KCXX_MAY_SLEEP
	{
		static_assert(sizeof...(Transfers) != 0, "kcxx-E1456: a message has a transfer");
		std::array<::spi_transfer, sizeof...(Transfers)> raw_transfers{};
		std::size_t at = 0;
		(transfers.fill(raw_transfers[at++]), ...);
		return to_result(bindings::kcxx_spi_sync_transfer(
			raw(), raw_transfers.data(),
			static_cast<unsigned int>(raw_transfers.size())));
	}

	/// The property `name`, see <kernel/device/property.hpp>
	template <typename T>
	[[nodiscard]] Result<T> property(const char *name) const
	{
		return kernel::property<T>(*this, name);
	}
};

/// How the bus talks to a device
struct Setup {
	Mode mode = Mode::mode0; ///< of the clock
	u8 bits_per_word = 8;    ///< up to 32
	u32 max_speed_hz = 0;    ///< of the clock; 0 leaves what firmware named
};

/// A device on an SPI bus that is bound to this driver
class BoundDevice : public BoundBusDevice<BoundDevice, Device>
{
public:
	/// The number of its interrupt for Irq::request(), or 0 if it has none
	[[nodiscard]] unsigned int irq() const noexcept
	{
		return raw()->irq > 0 ? static_cast<unsigned int>(raw()->irq) : 0;
	}

	/// Sets how the bus talks to the device, for probe(). Other bits of the mode, such as an
	/// inverted line of selection, stay what firmware named.
	///
	/// Errors: EINVAL if the controller cannot: then nothing changes. Context: may sleep.
	Result<> setup(Setup setup) KCXX_MAY_SLEEP
	{
		const auto [mode, bits, speed] =
			Before{raw()->mode, raw()->bits_per_word, raw()->max_speed_hz};
		raw()->mode = (mode & ~KCXX_SPI_MODE_3) | static_cast<u32>(setup.mode);
		raw()->bits_per_word = setup.bits_per_word;
		if (setup.max_speed_hz != 0)
			raw()->max_speed_hz = setup.max_speed_hz;
		// SAFETY: the device is bound to this driver.
		const Result<> done = to_result(bindings::spi_setup(raw()));
		if (!done) {
			raw()->mode = mode;
			raw()->bits_per_word = bits;
			raw()->max_speed_hz = speed;
		}
		return done;
	}

private:
	struct Before {
		u32 mode;
		u8 bits_per_word;
		u32 max_speed_hz;
	};
};

} // namespace kernel::spi
