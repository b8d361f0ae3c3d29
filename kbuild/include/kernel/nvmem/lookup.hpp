// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Parts of non-volatile memories, for devices that no firmware describes. C API:
/// nvmem_add_cell_lookups() of <linux/nvmem-consumer.h>.

#pragma once

#include <span>
#include <utility>

#include <generated/bindings/nvmem/lookup.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/vec.hpp>
#include <kernel/sync/context.hpp>

namespace kernel::nvmem
{

/// A cell of a memory, and its name for the device that uses it
struct CellLookup {
	const char *name = nullptr;   ///< for Cell::get(): "serial"
	const char *memory = nullptr; ///< the memory's name in /sys/bus/nvmem/devices
	const char *cell = nullptr;   ///< the cell's name in CellInfo
};

/// The cells of one device, as long as this lives. Moves, does not copy.
///
///     static constexpr std::array cells{nvmem::CellLookup{.name = "serial", .memory = "pump-rom",
///                                                         .cell = "serial-number"}};
///     cells_ = KTRY(nvmem::LookupTable::make("pump", cells));
class [[nodiscard]] LookupTable
{
public:
	/// Makes the cells known for the device of this name, and keeps the texts by their
	/// addresses.
	///
	/// Errors: ENOMEM. Context: may sleep.
	[[nodiscard]] static Result<LookupTable>
	make(const char *device, std::span<const CellLookup> cells) KCXX_MAY_SLEEP
	{
		LookupTable made;
		for (const CellLookup &cell : cells) {
			::nvmem_cell_lookup lookup{};
			lookup.nvmem_name = cell.memory;
			lookup.cell_name = cell.cell;
			lookup.dev_id = device;
			lookup.con_id = cell.name;
			KTRY(made.lookups_.push(lookup, GFP_KERNEL));
		}
		// SAFETY: the elements stay at their addresses until they are removed.
		bindings::kcxx_nvmem_add_cell_lookups(made.lookups_.data(), made.lookups_.size());
		made.added_ = true;
		return made;
	}

	LookupTable(const LookupTable &) = delete;
	LookupTable &operator=(const LookupTable &) = delete;
	/// Leaves the other without cells.
	LookupTable(LookupTable &&other) noexcept
	    : lookups_{std::move(other.lookups_)}, added_{std::exchange(other.added_, false)}
	{
	}
	LookupTable &operator=(LookupTable &&) = delete;
	/// Drivers that have a cell keep it. Context: may sleep.
	~LookupTable() KCXX_MAY_SLEEP
	{
		if (added_)
			// SAFETY: the elements were added, and are removed once.
			bindings::kcxx_nvmem_del_cell_lookups(lookups_.data(), lookups_.size());
	}

private:
	LookupTable() = default;

	Vec<::nvmem_cell_lookup> lookups_;
	bool added_ = false;
};

} // namespace kernel::nvmem
