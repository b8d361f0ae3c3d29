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

#include <generated/bindings/device/property.hpp>
#include <kernel/device/device.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/vec.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/integers.hpp>

namespace kernel
{

namespace detail
{

/// A number of 8 to 64 bits: firmware does not know signs
template <typename T>
concept PropertyNumber = std::integral<T> && !std::same_as<T, bool> && sizeof(T) <= sizeof(u64);

/// Fills `to` with the numbers of a property, or returns their count for null.
template <PropertyNumber T>
[[nodiscard]] int read_numbers(const Device &device, const char *name, T *to, std::size_t count)
{
	// SAFETY, of all below: the device lives, and `to` has room for so many, or is null.
	if constexpr (sizeof(T) == 1)
		return bindings::device_property_read_u8_array(device, name,
							       reinterpret_cast<u8 *>(to), count);
	else if constexpr (sizeof(T) == 2)
		return bindings::device_property_read_u16_array(device, name,
								reinterpret_cast<u16 *>(to), count);
	else if constexpr (sizeof(T) == 4)
		return bindings::device_property_read_u32_array(device, name,
								reinterpret_cast<u32 *>(to), count);
	else
		return bindings::device_property_read_u64_array(device, name,
								reinterpret_cast<u64 *>(to), count);
}

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
	return to_result(detail::read_numbers(device, name, to.data(), to.size()));
}

/// The count of the numbers of the property `name`.
///
/// Errors: EINVAL if there is no such property; EPROTO, EOVERFLOW if it is of another type.
/// Context: any.
template <detail::PropertyNumber T>
[[nodiscard]] Result<std::size_t> property_count(const Device &device, const char *name)
{
	const int count = KTRY(from_c(detail::read_numbers<T>(device, name, nullptr, 0)));
	return static_cast<std::size_t>(count);
}

/// All numbers of the property `name`. Errors besides those of property_count(): ENOMEM. Context:
/// as `flags` allow.
template <detail::PropertyNumber T>
[[nodiscard]] Result<Vec<T>> property_numbers(const Device &device, const char *name, Gfp flags)
{
	Vec<T> numbers;
	KTRY(numbers.resize(KTRY(property_count<T>(device, name)), T{}, flags));
	KTRY(read_property(device, name, std::span<T>{numbers.data(), numbers.size()}));
	return numbers;
}

/// The place of `text` among the texts of the property `name`, from 0.
///
/// Errors: ENODATA if it is not among them; EINVAL if there is no such property; EPROTO if it is of
/// another type; ENOMEM. Context: may sleep.
[[nodiscard]] inline Result<std::size_t> match_property(const Device &device, const char *name,
							const char *text) KCXX_MAY_SLEEP
{
	// SAFETY: the device lives.
	const int place = KTRY(from_c(bindings::device_property_match_string(device, name, text)));
	return static_cast<std::size_t>(place);
}

/// The property `name`: a number of 8 to 64 bits, or a `const char *`, which lives as long as the
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
		return {std::in_place, value};
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
		u16_array,
		u32_array,
		texts,
		reference,
	};

	const char *name = nullptr; ///< of the property
	Type type = Type::flag;     ///< of the value
	u64 number = 0;             ///< the value, if it is a number; of a reference: the node
	const char *text = nullptr; ///< the value, if it is a text
	std::span<const u16> numbers16{};     ///< the values, if they are numbers of 16 bits
	std::span<const u32> numbers32{};     ///< the values, if they are numbers of 32 bits
	std::span<const char *const> texts{}; ///< the values, if they are texts
	std::span<const u64> arguments{};     ///< the numbers behind a reference
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
/// A property with numbers of 16 bits, which the kernel copies with the device
[[nodiscard]] constexpr OwnProperty own_property(const char *name, std::span<const u16> values)
{
	return {.name = name, .type = OwnProperty::Type::u16_array, .numbers16 = values};
}
/// A property with numbers of 32 bits, which the kernel copies with the device
[[nodiscard]] constexpr OwnProperty own_property(const char *name, std::span<const u32> values)
{
	return {.name = name, .type = OwnProperty::Type::u32_array, .numbers32 = values};
}
/// A property with texts, which the kernel copies with the device
[[nodiscard]] constexpr OwnProperty own_property(const char *name,
						 std::span<const char *const> values)
{
	return {.name = name, .type = OwnProperty::Type::texts, .texts = values};
}
/// A property without a value: it is there or not
[[nodiscard]] constexpr OwnProperty own_property(const char *name)
{
	return {.name = name, .type = OwnProperty::Type::flag};
}

/// A reference to the node of `node`, counted from 0 among the OwnNodes of the device, with the
/// numbers behind it; the node has to come before the one with this property. The kernel copies all
/// with the device.
[[nodiscard]] constexpr OwnProperty own_reference(const char *name, std::size_t node,
						  std::span<const u64> arguments = {})
{
	return {.name = name,
		.type = OwnProperty::Type::reference,
		.number = node,
		.arguments = arguments};
}

/// A node that this module puts below that of a device of its own: see child_nodes().
struct OwnNode {
	std::span<const OwnProperty> properties; ///< of the node
};

/// C's form of the properties, for the functions of C that copy them
class OwnEntries
{
public:
	/// Makes an entry of each property; references are to nodes of `nodes`.
	///
	/// Errors: ENOMEM; EINVAL for a reference to a node that is not there, or with more numbers
	/// than the kernel takes. Context: may sleep.
	[[nodiscard]] static Result<OwnEntries>
	make(std::span<const OwnProperty> properties,
	     std::span<::fwnode_handle *const> nodes = {}) KCXX_MAY_SLEEP
	{
		OwnEntries own;
		KTRY(own.entries_.reserve(properties.size() + 1, GFP_KERNEL));
		KTRY(own.references_.reserve(properties.size(), GFP_KERNEL)); // stay in place
		for (const OwnProperty &property : properties) {
			::property_entry entry{};
			KTRY(own.fill(entry, property, nodes));
			KTRY(own.entries_.push(entry, GFP_KERNEL));
		}
		KTRY(own.entries_.push(::property_entry{}, GFP_KERNEL));
		return own;
	}

	/// The entries, with a row of zeros at the end. They live as long as this object.
	[[nodiscard]] const ::property_entry *data() const noexcept { return entries_.data(); }

private:
	Result<> refer(::property_entry &entry, const OwnProperty &own,
		       std::span<::fwnode_handle *const> nodes)
	{
		if (own.number >= nodes.size())
			return EINVAL;
		KTRY(references_.push(::software_node_ref_args{}, GFP_KERNEL));
		// SAFETY: the helper writes one entry and one reference, to a node that lives.
		return to_result(bindings::kcxx_property_ref(
			&entry, own.name, &references_[references_.size() - 1], nodes[own.number],
			own.arguments.data(), own.arguments.size()));
	}

	Result<> fill(::property_entry &entry, const OwnProperty &own,
		      std::span<::fwnode_handle *const> nodes)
	{
		// SAFETY: each helper writes one entry.
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
		case OwnProperty::Type::u16_array:
			bindings::kcxx_property_u16_array(&entry, own.name, own.numbers16.data(),
							  own.numbers16.size());
			break;
		case OwnProperty::Type::u32_array:
			bindings::kcxx_property_u32_array(&entry, own.name, own.numbers32.data(),
							  own.numbers32.size());
			break;
		case OwnProperty::Type::texts:
			bindings::kcxx_property_string_array(&entry, own.name, own.texts.data(),
							     own.texts.size());
			break;
		case OwnProperty::Type::reference:
			return refer(entry, own, nodes);
		}
		return {};
	}

	Vec<::property_entry> entries_;
	Vec<::software_node_ref_args> references_;
};

} // namespace kernel
