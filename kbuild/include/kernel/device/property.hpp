// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Properties of devices, as a device tree, ACPI or the maker of the device has them. C API:
/// <linux/property.h>.

#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include <generated/kcxx-bindings.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/vec.hpp>
#include <kernel/types/integers.hpp>

namespace kernel
{

namespace detail
{

template <typename T>
concept PropertyNumber =
	std::same_as<T, u8> || std::same_as<T, u16> || std::same_as<T, u32> || std::same_as<T, u64>;

} // namespace detail

/// True if the device has the property `name`. Context: any.
[[nodiscard]] inline bool has_property(const Device &device, const char *name)
{
	// SAFETY: the device lives.
	return bindings::kcxx_device_property_present(device, name);
}

/// Reads numbers of the property `name`, as many as `to` has room for.
///
/// Errors: EINVAL if there is no such property; ENODATA if it has no value; EPROTO if it is of
/// another type; EOVERFLOW if it has fewer numbers. Context: any.
template <detail::PropertyNumber T>
Result<> read_property(const Device &device, const char *name, std::span<T> to)
{
	// SAFETY, of all below: the device lives, and `to` has room for so many.
	if constexpr (sizeof(T) == 1)
		return to_result(bindings::device_property_read_u8_array(device, name, to.data(),
									 to.size()));
	else if constexpr (sizeof(T) == 2)
		return to_result(bindings::device_property_read_u16_array(device, name, to.data(),
									  to.size()));
	else if constexpr (sizeof(T) == 4)
		return to_result(bindings::device_property_read_u32_array(device, name, to.data(),
									  to.size()));
	else
		return to_result(bindings::device_property_read_u64_array(device, name, to.data(),
									  to.size()));
}

/// The property `name`: a u8, u16, u32, u64, or a `const char *`, which lives as long as the
/// device.
///
///     const u32 maximum = KTRY(device.property<u32>("maximum-rpm"));
///
/// Errors and context: as of read_property().
template <typename T>
	requires detail::PropertyNumber<T> || std::same_as<T, const char *>
[[nodiscard]] Result<T> property(const Device &device, const char *name)
{
	if constexpr (std::same_as<T, const char *>) {
		const char *text = nullptr;
		// SAFETY: the device lives.
		KTRY(to_result(bindings::device_property_read_string(device, name, &text)));
		return text;
	} else {
		T value = 0;
		KTRY(read_property(device, name, std::span<T>{&value, 1}));
		return value;
	}
}

/// A property that this module gives to a device of its own: see own_property().
struct OwnProperty {
	/// The types of values
	enum class Type : unsigned char {
		u32,
		u64,
		text,
		flag,
	};

	const char *name;           ///< of the property
	Type type;                  ///< of the value
	u64 number = 0;             ///< the value, if it is a number
	const char *text = nullptr; ///< the value, if it is a text
};

/// A property with a number
[[nodiscard]] constexpr OwnProperty own_property(const char *name, u32 value)
{
	return {.name = name, .type = OwnProperty::Type::u32, .number = value};
}
/// A property with a number of 64 bits
[[nodiscard]] constexpr OwnProperty own_property(const char *name, u64 value)
{
	return {.name = name, .type = OwnProperty::Type::u64, .number = value};
}
/// A property with a text
[[nodiscard]] constexpr OwnProperty own_property(const char *name, const char *value)
{
	return {.name = name, .type = OwnProperty::Type::text, .text = value};
}
/// A property without a value: it is there or not
[[nodiscard]] constexpr OwnProperty own_property(const char *name)
{
	return {.name = name, .type = OwnProperty::Type::flag};
}

/// C's form of the properties, with a row of zeros at the end. Errors: ENOMEM. Context: may sleep.
[[nodiscard]] inline Result<Vec<::property_entry>>
entries_of(std::span<const OwnProperty> properties)
{
	auto entries =
		KTRY(Vec<::property_entry>::with_capacity(properties.size() + 1, GFP_KERNEL));
	for (const OwnProperty &own : properties) {
		::property_entry entry{};
		// SAFETY: the helper writes one entry.
		switch (own.type) {
		case OwnProperty::Type::u32:
			bindings::kcxx_property_u32(&entry, own.name, static_cast<u32>(own.number));
			break;
		case OwnProperty::Type::u64:
			bindings::kcxx_property_u64(&entry, own.name, own.number);
			break;
		case OwnProperty::Type::text:
			bindings::kcxx_property_string(&entry, own.name, own.text);
			break;
		case OwnProperty::Type::flag:
			bindings::kcxx_property_bool(&entry, own.name);
			break;
		}
		KTRY(entries.push(entry, GFP_KERNEL));
	}
	KTRY(entries.push(::property_entry{}, GFP_KERNEL));
	return entries;
}

} // namespace kernel
