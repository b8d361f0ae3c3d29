// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Files of a device below /sys, each a value. C API: <linux/sysfs.h>, DEVICE_ATTR().
///
///     class Fan {
///     public:
///             const char *label() const;
///             u32 rpm() const;
///             Result<> set_rpm(u32 rpm);
///
///             using Attributes = sysfs::Attributes<sysfs::ReadOnly<"label", &Fan::label>,
///                                                  sysfs::ReadWrite<"rpm", &Fan::rpm,
///                                                  &Fan::set_rpm>>;
///     };
///
/// A driver with a type `Attributes` has the files in the directories of its devices, as long as
/// they are bound. Several tasks may call the functions at once, so the ones that read are const,
/// and what changes is in a lock or an atomic. Context: process context; may sleep.

#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>

#include <generated/bindings/sysfs/attributes.hpp>
#include <kernel/device/bind.hpp>
#include <kernel/error.hpp>
#include <kernel/types/algobase.hpp>
#include <kernel/types/value_functions.hpp>

namespace kernel
{

namespace detail
{

/// A text as a template argument
template <std::size_t Size>
struct AttributeName {
	char text[Size]{}; // NOLINT(*-avoid-c-arrays): deduced from the literal

	// NOLINTNEXTLINE(*-avoid-c-arrays)
	consteval AttributeName(const char (&literal)[Size])
	{
		std::copy(literal, literal + Size, text);
	}
};

/// Writes a value to C's page, and a newline behind it.
template <typename Value>
[[nodiscard]] int emit(char *page, const Value &value)
{
	// SAFETY, of all below: the page is the one of the file's read.
	if constexpr (std::same_as<Value, bool>)
		return bindings::sysfs_emit(page, "%d\n", value ? 1 : 0);
	else if constexpr (std::signed_integral<Value>)
		return bindings::sysfs_emit(page, "%lld\n", static_cast<long long>(value));
	else if constexpr (std::unsigned_integral<Value>)
		return bindings::sysfs_emit(page, "%llu\n", static_cast<unsigned long long>(value));
	else if constexpr (std::is_convertible_v<Value, const char *>)
		return bindings::sysfs_emit(page, "%s\n", static_cast<const char *>(value));
	else {
		const std::string_view text = value;
		return bindings::sysfs_emit(page, "%.*s\n", static_cast<int>(text.size()),
					    text.data());
	}
}

/// The same of a Result: the error, if it is one
template <typename Value>
[[nodiscard]] int emit(char *page, const Result<Value> &value)
{
	return value ? emit(page, *value) : value.error().to_errno();
}

} // namespace detail

namespace sysfs
{

/// A file that is read: `Get` is a const member function of the driver that returns a number, a
/// bool, a text, or a Result of these.
template <detail::AttributeName Name, auto Get, auto Set = nullptr>
class ReadOnly
{
	using Owner = typename detail::Getter<decltype(Get)>::Owner;
	static constexpr bool has_set = !std::same_as<decltype(Set), std::nullptr_t>;

public:
	/// C's attribute
	[[nodiscard]] static constexpr ::attribute *attribute() noexcept
	{
		return &attribute_.attr;
	}

private:
	static long show(::device *device, ::device_attribute * /*attribute*/, char *page)
	{
		const auto &object = detail::object_of<Owner>(Device::of(device));
		return detail::emit(page, (object.*Get)());
	}

	static long store(::device *device, ::device_attribute * /*attribute*/, const char *text,
			  unsigned long size)
	{
		if constexpr (has_set) {
			using Value = typename detail::Setter<decltype(Set)>::Type;
			auto value = detail::parse_value<Value>({text, size});
			if (!value)
				return value.error().to_errno();
			auto &object = detail::object_of<Owner>(Device::of(device));
			const Result<> done = (object.*Set)(*std::move(value));
			return done ? static_cast<long>(size) : done.error().to_errno();
		}
		return EIO.to_errno();
	}

	static consteval ::device_attribute made()
	{
		::device_attribute made{};
		made.attr.name = Name.text;
		made.attr.mode = has_set ? 0644 : 0444;
		made.show = &show;
		if constexpr (has_set)
			made.store = &store;
		return made;
	}

	static ::device_attribute attribute_;
};

template <detail::AttributeName Name, auto Get, auto Set>
constinit ::device_attribute ReadOnly<Name, Get, Set>::attribute_ =
	ReadOnly<Name, Get, Set>::made();

/// A file that is read and written: `Set` is a member function of the driver that takes a number, a
/// bool or a std::string_view, and returns Result<>: user space gets its error.
template <detail::AttributeName Name, auto Get, auto Set>
using ReadWrite = ReadOnly<Name, Get, Set>;

/// The files of a driver: its type `Attributes`
template <typename... Files>
class Attributes
{
public:
	/// C's groups, for the driver core
	[[nodiscard]] static constexpr auto groups() noexcept { return groups_; }

private:
	static ::attribute *files_[sizeof...(Files) + 1]; // NOLINT(*-avoid-c-arrays): C's
	static const ::attribute_group group_;
	static const ::attribute_group *groups_[2]; // NOLINT(*-avoid-c-arrays): C's

	static consteval ::attribute_group made()
	{
		::attribute_group group{};
		group.attrs = files_;
		return group;
	}
};

template <typename... Files>
constinit ::attribute *Attributes<Files...>::files_[] = {Files::attribute()..., nullptr};
template <typename... Files>
constinit const ::attribute_group Attributes<Files...>::group_ = Attributes<Files...>::made();
template <typename... Files>
constinit const ::attribute_group *Attributes<Files...>::groups_[] = {&group_, nullptr};

} // namespace sysfs
} // namespace kernel
