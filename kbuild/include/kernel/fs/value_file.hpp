// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Files that show a value, and set it. C API: none; C uses DEFINE_DEBUGFS_ATTRIBUTE() and
/// DEFINE_SHOW_ATTRIBUTE().

#pragma once

#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

#include <kernel/error.hpp>
#include <kernel/fs/file_operations.hpp>
#include <kernel/fs/text_file.hpp>
#include <kernel/memory/vec.hpp>
#include <kernel/string.hpp>
#include <kernel/sync/arc.hpp>
#include <kernel/types/value_functions.hpp>

namespace kernel
{

namespace detail
{

/// The text of a value, with a newline. Errors: ENOMEM. Context: may sleep.
template <typename Value>
[[nodiscard]] Result<String> text_of_value(const Value &value)
{
	if constexpr (std::same_as<Value, bool>)
		return String::format(GFP_KERNEL, "%d\n", value ? 1 : 0);
	else if constexpr (std::signed_integral<Value>)
		return String::format(GFP_KERNEL, "%lld\n", static_cast<long long>(value));
	else if constexpr (std::unsigned_integral<Value>)
		return String::format(GFP_KERNEL, "%llu\n", static_cast<unsigned long long>(value));
	else {
		const std::string_view text = value;
		return String::format(GFP_KERNEL, "%.*s\n", static_cast<int>(text.size()),
				      text.data());
	}
}
/// The same of a Result. Errors besides: its own.
template <typename Value>
[[nodiscard]] Result<String> text_of_value(const Result<Value> &value)
{
	return value ? text_of_value(*value) : Result<String>{value.error()};
}

/// The longest text that a file takes
inline constexpr std::size_t longest_value = 4096;

} // namespace detail

/// A class of files for <kernel/fs/file_operations.hpp>: a value of an object that files share.
/// `Get` is a const member function of it that returns a number, a bool, a text, or a Result of
/// these; `Set`, which may be missing, one that takes a number, a bool or a std::string_view, and
/// returns Result<>: user space gets its error. Several tasks may call them at once, so both are
/// const, and what changes is in a lock or an atomic. Context of both: may sleep.
///
///     using SpeedFile = ValueFile<&Pump::speed, &Pump::set_speed>;
///     speed_ = KTRY(DebugfsFile<SpeedFile>::make(folder, "speed", 0644, pump.clone()));
template <auto Get, auto Set = nullptr>
class ValueFile;

/// A value that is read alone
template <auto Get>
class ValueFile<Get, nullptr> : public detail::OpenedText
{
public:
	/// The object that has the value
	using Data = typename detail::Getter<decltype(Get)>::Owner;

	/// Makes the text. Errors: ENOMEM, and those of the function. Context: may sleep.
	static Result<ValueFile> open(const File & /*file*/, Arc<Data> data)
	{
		return ValueFile{KTRY(detail::text_of_value((std::as_const(*data).*Get)()))};
	}

private:
	using detail::OpenedText::OpenedText;
};

template <auto Get, auto Set>
class ValueFile : public detail::OpenedText
{
	using Value = typename detail::Setter<decltype(Set)>::Type;

public:
	/// The object that has the value
	using Data = typename detail::Getter<decltype(Get)>::Owner;

private:
	static_assert(std::is_invocable_v<decltype(Set), const Data &, Value>,
		      "kcxx-E1376: a file's value is set by a const member function, because "
		      "several tasks may "
		      "call it at once: what it changes is in a mutable lock or atomic");

public:
	/// Makes the text, unless the file is only written. Errors: ENOMEM, and those of the
	/// function. Context: may sleep.
	static Result<ValueFile> open(const File &file, Arc<Data> data)
	{
		String text;
		if (file.access_mode() != O_WRONLY)
			text = KTRY(detail::text_of_value((std::as_const(*data).*Get)()));
		return ValueFile{std::move(text), std::move(data)};
	}

	/// Sets the value, whose text is one write(2). Errors: EINVAL if it is no such value;
	/// ERANGE if it is too large a number; E2BIG, ENOMEM, and those of the function. Context:
	/// may sleep.
	Result<> write(const File & /*file*/, UserReader &from, Offset & /*position*/) const
	{
		auto text = KTRY(from.read_all(detail::longest_value, GFP_KERNEL));
		KTRY(text.push('\0', GFP_KERNEL));
		return (std::as_const(*data_).*
			Set)(KTRY(detail::parse_value<Value>({text.data(), text.size() - 1})));
	}

private:
	ValueFile(String text, Arc<Data> data) noexcept
	    : detail::OpenedText{std::move(text)}, data_{std::move(data)}
	{
	}

	Arc<Data> data_;
};

} // namespace kernel
