// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Parts of a non-volatile memory that a device needs, such as its calibration or its address. C
/// API: <linux/nvmem-consumer.h>.
///
///     const nvmem::Cell serial = KTRY(nvmem::Cell::get(device, "serial"));
///     const u32 number = KTRY(serial.read<u32>());

#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <optional>
#include <span>

#include <generated/bindings/nvmem/cell.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/integers.hpp>

struct nvmem_cell;

namespace kernel::nvmem
{

/// A part of a memory, until the device that uses it is unbound. Copies are of the same part. The
/// names are those of the device tree's nvmem-cell-names, or of a LookupTable.
class Cell
{
public:
	/// The cell `name` of the device. It keeps the module of the memory loaded.
	///
	/// Errors: ENOENT if the device has none; EPROBE_DEFER if the memory is not there yet;
	/// EOPNOTSUPP if the kernel has no such memory. Context: may sleep.
	[[nodiscard]] static Result<Cell> get(BoundDevice &device, const char *name) KCXX_MAY_SLEEP
	{
		// SAFETY: the device is bound to this driver.
		return Cell{KTRY(
			Error::from_pointer(bindings::kcxx_devm_nvmem_cell_get(device, name)))};
	}

	/// The same; nothing, if the device has no such cell, or the kernel no such memory.
	[[nodiscard]] static Result<std::optional<Cell>>
	get_optional(BoundDevice &device, const char *name) KCXX_MAY_SLEEP
	{
		const auto found = get(device, name);
		if (found)
			return std::optional<Cell>{*found};
		if (found.error() == ENOENT || found.error() == EOPNOTSUPP)
			return std::optional<Cell>{};
		return found.error();
	}

	/// Reads the bytes of the cell to the beginning of `to`, and returns these.
	///
	/// Errors: ERANGE if the cell has more bytes; ENODEV if the driver of the memory is gone;
	/// ENOMEM; as of the driver. Context: may sleep.
	Result<std::span<u8>> read(std::span<u8> to) const KCXX_MAY_SLEEP
	{
		std::size_t size = 0;
		// SAFETY: the buffer has this room, and the device has the cell until it is
		// unbound.
		KTRY(to_result(bindings::kcxx_nvmem_cell_read(raw_, to.data(), to.size(), &size)));
		return to.first(size);
	}

	/// The cell as a number, whose first byte is the lowest. Errors and context: as above;
	/// ERANGE if the number has fewer bytes than the cell.
	template <std::unsigned_integral T>
	[[nodiscard]] Result<T> read() const KCXX_MAY_SLEEP
	{
		std::array<u8, sizeof(T)> bytes{};
		u64 number = 0;
		unsigned int place = 0;
		for (const u8 byte : KTRY(read(bytes)))
			number |= static_cast<u64>(byte) << (8 * place++);
		return static_cast<T>(number);
	}

	/// Writes all bytes of the cell.
	///
	/// Errors: EINVAL if the cell has another size, or its memory cannot be written; ENODEV if
	/// the driver of the memory is gone; as of the driver. Context: may sleep.
	Result<> write(std::span<const u8> from) const KCXX_MAY_SLEEP
	{
		// SAFETY: as above.
		return to_result(bindings::kcxx_nvmem_cell_write(raw_, from.data(), from.size()));
	}

	/// Writes a number of as many bytes as the cell has, the lowest first. Errors and context:
	/// as above.
	template <std::unsigned_integral T>
	Result<> write(T number) const KCXX_MAY_SLEEP
	{
		std::array<u8, sizeof(T)> bytes{};
		unsigned int place = 0;
		for (u8 &byte : bytes)
			byte = static_cast<u8>(static_cast<u64>(number) >> (8 * place++));
		return write(std::span<const u8>{bytes});
	}

private:
	explicit Cell(::nvmem_cell *raw) noexcept : raw_{raw} {}

	::nvmem_cell *raw_;
};

} // namespace kernel::nvmem
