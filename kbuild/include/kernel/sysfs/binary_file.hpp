// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Files of bytes of a device below /sys, such as the contents of an EEPROM. C API:
/// struct bin_attribute of <linux/sysfs.h>.
///
///     class Eeprom {
///     public:
///             Result<std::size_t> read_at(u64 offset, std::span<u8> to) const;
///             Result<std::size_t> write_at(u64 offset, std::span<const u8> from);
///
///             Result<> start(i2c::BoundClient &client)
///             {
///                     return file_.add(client, *this, {.name = "eeprom", .size = 256});
///             }
///
///     private:
///             sysfs::BinaryFile<&Eeprom::read_at, &Eeprom::write_at> file_;
///     };

#pragma once

#include <concepts>
#include <cstddef>
#include <span>
#include <type_traits>

#include <generated/bindings/sysfs/binary_file.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/integers.hpp>

namespace kernel
{

namespace detail
{

/// The class of a member function
template <typename>
struct ClassOfMember;
template <typename Function, typename T>
struct ClassOfMember<Function T::*> {
	using Type = T;
};
template <auto Function>
using ClassOf = typename ClassOfMember<decltype(Function)>::Type;

template <auto Function>
concept ReadsBytes = requires(const ClassOf<Function> &object, u64 offset, std::span<u8> to) {
	{ (object.*Function)(offset, to) } -> std::same_as<Result<std::size_t>>;
};
template <auto Function, typename T>
concept WritesBytes = requires(T &object, u64 offset, std::span<const u8> from) {
	{ (object.*Function)(offset, from) } -> std::same_as<Result<std::size_t>>;
};

/// C's attribute in C's functions: constant since 6.16
template <typename>
struct BinaryAttribute;
template <typename Attribute>
struct BinaryAttribute<long (*)(::file *, ::kobject *, Attribute *, char *, long long,
				unsigned long)> {
	using Type = Attribute;
};

/// C's file, and the object that it is of
struct BinaryFileOf {
	::bin_attribute raw{};
	void *object = nullptr;
	::device *device = nullptr; // null before it is added
};

/// The answer of C's function
[[nodiscard]] inline long to_c_size(const Result<std::size_t> &size)
{
	return size ? static_cast<long>(*size) : size.error().to_errno();
}

} // namespace detail

namespace sysfs
{

/// A file of bytes, for BinaryFile::add(), which copies the name.
struct BinarySettings {
	const char *name = nullptr; ///< in the directory of the device
	std::size_t size = 0;       ///< in bytes; 0: until `Read` returns 0
	/// The users that may read and write it, as of chmod(1). Without `Write`, no user writes.
	unsigned short mode = 0600;
};

/// A file of bytes in the directory of a device. A member of the driver's class, which start()
/// adds. It ends when the device is unbound, before the driver's object, and waits until none of
/// its functions runs.
///
/// `Read` is a const member function of the driver, `Result<std::size_t>(u64 offset, std::span<u8>
/// to) const`, which returns how many bytes it has read. `Write`, which may be missing, is one that
/// takes `std::span<const u8>`. The bytes lie below `size`, if there is one, and are at most a
/// page. Several tasks may call the functions at once. Context of both: process context; may sleep.
/// Errors: user space gets them.
template <auto Read, auto Write = nullptr>
class BinaryFile
{
	static_assert(detail::ReadsBytes<Read>,
		      "kcxx-E1545: what reads a file of bytes is kernel::Result<std::size_t> "
		      "read_at(kernel::u64 offset, std::span<kernel::u8> to) const;");

	using Owner = detail::ClassOf<Read>;
	static constexpr bool has_write = !std::same_as<decltype(Write), std::nullptr_t>;

	static_assert(
		!has_write || detail::WritesBytes<Write, Owner>,
		"kcxx-E1546: what writes a file of bytes is kernel::Result<std::size_t> "
		"write_at(kernel::u64 offset, std::span<const kernel::u8> from); of the class "
		"that reads it");

	using Raw = ::bin_attribute;
	using Attribute = typename detail::BinaryAttribute<decltype(Raw::read)>::Type;

public:
	/// Makes one that is not added.
	BinaryFile() = default;
	BinaryFile(const BinaryFile &) = delete;
	BinaryFile &operator=(const BinaryFile &) = delete;
	~BinaryFile() = default;

	/// Adds the file of `object`, the driver's or a part of it.
	///
	/// Errors: EBUSY if it is added already; EEXIST if the device has a file of this name;
	/// ENOMEM. Context: may sleep.
	Result<> add(BoundDevice &device, Owner &object,
		     const BinarySettings &settings) KCXX_MAY_SLEEP
	{
		if (file_.device != nullptr)
			return EBUSY;
		file_.object = &object;
		file_.raw.attr.name = KTRY(detail::kept_text(device, settings.name));
		file_.raw.attr.mode = settings.mode & (has_write ? 0666 : 0444);
		file_.raw.size = settings.size;
		file_.raw.read = &read;
		if constexpr (has_write)
			file_.raw.write = &write;
		// SAFETY, of all: this object lives until the device is unbound, and the file ends
		// before.
		bindings::kcxx_sysfs_bin_attr_init(&file_.raw);
		KTRY(to_result(bindings::device_create_bin_file(device, &file_.raw)));
		file_.device = device;
		return device.at_unbind(
			[](void *data) {
				auto *file = static_cast<detail::BinaryFileOf *>(data);
				bindings::device_remove_bin_file(file->device, &file->raw);
				file->device = nullptr;
			},
			&file_);
	}

private:
	// SAFETY: the first member of a BinaryFileOf
	static Owner &object_at(const Raw *raw)
	{
		return *static_cast<Owner *>(
			reinterpret_cast<const detail::BinaryFileOf *>(raw)->object);
	}

	static long read(::file * /*file*/, ::kobject * /*of*/, Attribute *raw, char *to,
			 long long offset, unsigned long size)
	{
		if constexpr (detail::ReadsBytes<Read>) {
			const std::span bytes{reinterpret_cast<u8 *>(to), size};
			const Owner &object = object_at(raw);
			return detail::to_c_size((object.*Read)(static_cast<u64>(offset), bytes));
		}
		return EIO.to_errno();
	}

	static long write(::file * /*file*/, ::kobject * /*of*/, Attribute *raw, char *from,
			  long long offset, unsigned long size)
	{
		if constexpr (detail::WritesBytes<Write, Owner>) {
			const std::span bytes{reinterpret_cast<const u8 *>(from), size};
			Owner &object = object_at(raw);
			return detail::to_c_size((object.*Write)(static_cast<u64>(offset), bytes));
		}
		return EIO.to_errno();
	}

	detail::BinaryFileOf file_;
};

} // namespace sysfs
} // namespace kernel
