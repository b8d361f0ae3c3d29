// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Memory that keeps its contents without power: drivers for it. C API: <linux/nvmem-provider.h>.
///
///     class Eeprom {
///     public:
///             Result<> read_nvmem(unsigned int offset, std::span<u8> to) const;
///             Result<> write_nvmem(unsigned int offset, std::span<const u8> from) const;
///
///             Result<> start(i2c::BoundClient &client)
///             {
///                     return nvmem::add(client, *this, {.kind = nvmem::Kind::eeprom, .size =
///                     256});
///             }
///     };
///
/// Memory without write_nvmem() cannot be written. Several tasks may call the functions at once, so
/// they are const: what they change is in a lock. Context: process context; may sleep. Errors: user
/// space and other drivers get them.

#pragma once

#include <climits>
#include <concepts>
#include <cstddef>
#include <span>
#include <utility>

#include <generated/bindings/nvmem/provider.hpp>
#include <kernel/device/device.hpp>
#include <kernel/device/revocable.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/vec.hpp>
#include <kernel/sync/arc.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/has_member.hpp>
#include <kernel/types/integers.hpp>

struct nvmem_device;

namespace kernel::nvmem
{

/// The kind of the memory, as users see it
enum class Kind : unsigned int {
	unknown = KCXX_NVMEM_TYPE_UNKNOWN,               ///< any other
	eeprom = KCXX_NVMEM_TYPE_EEPROM,                 ///< an EEPROM
	otp = KCXX_NVMEM_TYPE_OTP,                       ///< fuses, which are written once
	battery_backed = KCXX_NVMEM_TYPE_BATTERY_BACKED, ///< as a clock has
	fram = KCXX_NVMEM_TYPE_FRAM,                     ///< a ferroelectric RAM
};

/// A part of the memory that has a name, such as a serial number. The name is copied.
struct CellInfo {
	const char *name = nullptr;  ///< for CellLookup
	unsigned int offset = 0;     ///< of its first byte
	unsigned int bytes = 0;      ///< its size
	unsigned int bit_offset = 0; ///< of its first bit in the first byte
	unsigned int bits = 0;       ///< its size, if that is no number of bytes
};

/// A memory, for add(), which copies all of it
struct Settings {
	/// Its name in /sys/bus/nvmem/devices, with a number behind it if it is `numbered`; null:
	/// nvmem, and a number
	const char *name = nullptr;
	bool numbered = true;            ///< the name has a number behind it
	Kind kind = Kind::unknown;       ///< what it is
	std::size_t size = 0;            ///< in bytes
	unsigned int word_size = 1;      ///< accesses are of so many bytes, or a multiple of them
	unsigned int stride = 1;         ///< offsets are multiples of this
	bool read_only = false;          ///< users cannot write it
	bool root_only = false;          ///< root alone reads it
	bool eeprom_file = false;        ///< the device has a file `eeprom` besides, as of old
	std::span<const CellInfo> cells; ///< its parts
};

} // namespace kernel::nvmem

namespace kernel::detail
{

KCXX_HAS_MEMBER(write_nvmem);

template <typename T>
concept NvmemReads = requires(const T &memory, unsigned int offset, std::span<u8> to) {
	{ memory.read_nvmem(offset, to) } -> std::same_as<Result<>>;
};
template <typename T>
inline constexpr bool nvmem_writes =
	!Has_write_nvmem<T> ||
	requires(const T &memory, unsigned int offset, std::span<const u8> from) {
		{ memory.write_nvmem(offset, from) } -> std::same_as<Result<>>;
	};

/// C's functions of a memory of the class T. A user may keep the memory longer than the driver is
/// bound: C's data is a Revocable, which ends with C's device.
template <typename T>
struct NvmemOperations {
	using Gate = Revocable<T>;

	static int read(void *data, unsigned int offset, void *to, unsigned long size)
	{
		const auto memory = static_cast<Gate *>(data)->try_access();
		if (!memory)
			return ENODEV.to_errno();
		if constexpr (NvmemReads<T>) // add() refuses another class in one sentence
			return to_c(
				memory->read_nvmem(offset, std::span{static_cast<u8 *>(to), size}));
		return EPERM.to_errno();
	}
	static int write(void *data, unsigned int offset, void *from, unsigned long size)
	{
		const auto memory = static_cast<Gate *>(data)->try_access();
		if (!memory)
			return ENODEV.to_errno();
		if constexpr (Has_write_nvmem<T> && nvmem_writes<T>) {
			const std::span<const u8> bytes{static_cast<const u8 *>(from), size};
			return to_c(memory->write_nvmem(offset, bytes));
		}
		return EPERM.to_errno();
	}

	/// The end of C's device, with the room of attach()
	static void end(::device * /*device*/, void *room)
	{
		(void)owner_of<Arc<Gate>>(*static_cast<Gate **>(room));
	}
};

/// A resource of the device of this name that C has below the driver's
struct NvmemResource {
	const char *device;
	void *room;

	/// Gives the resource to its device.
	static int attach(::device *child, void *data)
	{
		const auto *resource = static_cast<const NvmemResource *>(data);
		// SAFETY, of both: the child lives, and the room is one of C's resources.
		if (bindings::kcxx_dev_name(child) != resource->device)
			return 0;
		bindings::devres_add(child, resource->room);
		return 1;
	}
};

/// C's description, without the functions
[[nodiscard]] inline ::nvmem_config nvmem_config_of(BoundDevice &device,
						    const nvmem::Settings &settings)
{
	::nvmem_config config{};
	config.dev = device;
	config.name = settings.name;
	config.id = settings.numbered ? KCXX_NVMEM_DEVID_AUTO : KCXX_NVMEM_DEVID_NONE;
	config.owner = &bindings::__this_module;
	config.type = static_cast<::nvmem_type>(settings.kind);
	config.read_only = settings.read_only;
	config.root_only = settings.root_only;
	config.size = static_cast<int>(settings.size);
	config.word_size = static_cast<int>(settings.word_size);
	config.stride = static_cast<int>(settings.stride);
	if (settings.eeprom_file) {
		config.compat = true;
		config.base_dev = device;
	}
	return config;
}

/// C's cells, which it copies
[[nodiscard]] inline Result<Vec<::nvmem_cell_info>>
nvmem_cells_of(std::span<const nvmem::CellInfo> cells)
{
	Vec<::nvmem_cell_info> made;
	for (const nvmem::CellInfo &cell : cells) {
		::nvmem_cell_info info{};
		info.name = cell.name;
		info.offset = cell.offset;
		info.bytes = cell.bytes;
		info.bit_offset = cell.bit_offset;
		info.nbits = cell.bits;
		KTRY(made.push(info, GFP_KERNEL));
	}
	return made;
}

/// Registers the memory, whose data is in `room`: a resource with the function `end`, which C's
/// device gets.
inline Result<> add_nvmem(BoundDevice &device, const ::nvmem_config &config, void *room,
			  void (*end)(::device *, void *)) KCXX_MAY_SLEEP
{
	// SAFETY, of all: the device is bound; C's device is below it until it is unregistered.
	const auto made = Error::from_pointer(bindings::kcxx_nvmem_register(&config));
	if (!made) {
		end(nullptr, room);
		bindings::devres_free(room);
		return made.error();
	}
	NvmemResource resource{.device = bindings::kcxx_nvmem_dev_name(*made), .room = room};
	bindings::device_for_each_child(device, &resource, &NvmemResource::attach);
	return device.at_unbind(
		[](void *data) {
			bindings::kcxx_nvmem_unregister(static_cast<::nvmem_device *>(data));
		},
		*made);
}

} // namespace kernel::detail

namespace kernel::nvmem
{

/// Registers `memory`, a driver's object or a part of it, for start() of the driver. It ends when
/// the device is unbound, before the driver's object. A driver that has a Cell of it keeps the
/// module loaded, and reads ENODEV from then on.
///
/// Errors: EINVAL if the size does not fit in an int, or a cell lies behind the end or at no
/// multiple of `stride`; EOPNOTSUPP if the kernel has no such memory; EEXIST if there is one of
/// this name; ENOMEM. Context: may sleep.
template <typename T>
Result<> add(BoundDevice &device, const T &memory, const Settings &settings) KCXX_MAY_SLEEP
{
	static_assert(detail::NvmemReads<T>,
		      "kcxx-E1543: the class has no memory: write in it kernel::Result<> "
		      "read_nvmem(unsigned int offset, std::span<kernel::u8> to) const;");
	static_assert(
		detail::nvmem_writes<T>,
		"kcxx-E1544: write_nvmem() is not the one of a memory: write kernel::Result<> "
		"write_nvmem(unsigned int offset, std::span<const kernel::u8> from) const;");
	using Operations = detail::NvmemOperations<T>;
	using Gate = typename Operations::Gate;
	if (settings.size > INT_MAX)
		return EINVAL;
	for (const CellInfo &cell : settings.cells)
		if (cell.offset > settings.size || cell.bytes > settings.size - cell.offset)
			return EINVAL;
	const auto cells = KTRY(detail::nvmem_cells_of(settings.cells));
	::nvmem_config config = detail::nvmem_config_of(device, settings);
	config.cells = cells.data();
	config.ncells = static_cast<int>(cells.size());
	config.reg_read = &Operations::read;
	if constexpr (detail::Has_write_nvmem<T>)
		config.reg_write = &Operations::write;

	auto gate = KTRY(Revocable<T>::make(device, memory));
	// SAFETY, of both: the room holds one address, and ends with C's device, or here.
	void *room = bindings::kcxx_devres_alloc(&Operations::end, sizeof(Gate *));
	if (room == nullptr)
		return ENOMEM;
	Gate *data = detail::kept_by_c(std::move(gate));
	*static_cast<Gate **>(room) = data;
	config.priv = data;
	return detail::add_nvmem(device, config, room, &Operations::end);
}

} // namespace kernel::nvmem
