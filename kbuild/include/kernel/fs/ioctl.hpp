// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Commands to a driver, with types. C API: <linux/ioctl.h>.
///
///     constexpr kernel::Io RESET{'p', 0};
///     constexpr kernel::Ior<Settings> GET_SETTINGS{'p', 1};
///     constexpr kernel::Iow<Settings> SET_SETTINGS{'p', 2};

#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include <generated/kcxx-bindings.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/uaccess.hpp>
#include <kernel/sync/context.hpp>

namespace kernel
{

namespace detail
{

/// A command's number, as the macros _IO(), _IOR(), _IOW() and _IOWR() make it of the same
/// arguments. The command reads or writes a T.
template <typename T, unsigned int Direction, std::size_t Size>
class IoctlNumber
{
public:
	static_assert(Size <= KCXX_IOC_SIZEMASK, "ioctl: the type is too large for a number");

	constexpr IoctlNumber(unsigned char type, std::uint8_t number) noexcept
	    : value_{Direction << KCXX_IOC_DIRSHIFT |
		     static_cast<unsigned int>(type) << KCXX_IOC_TYPESHIFT |
		     static_cast<unsigned int>(number) << KCXX_IOC_NRSHIFT |
		     static_cast<unsigned int>(Size) << KCXX_IOC_SIZESHIFT}
	{
	}

	[[nodiscard]] constexpr unsigned int value() const noexcept { return value_; }

private:
	unsigned int value_;
};

} // namespace detail

/// _IO: without an argument, or with one that is a number
struct Io : detail::IoctlNumber<void, KCXX_IOC_NONE, 0> {
	using IoctlNumber::IoctlNumber;
};

/// _IOR: user space reads a T, the driver returns one
template <typename T>
struct Ior : detail::IoctlNumber<T, KCXX_IOC_READ, sizeof(T)> {
	using detail::IoctlNumber<T, KCXX_IOC_READ, sizeof(T)>::IoctlNumber;
};

/// _IOW: user space writes a T, the driver takes one
template <typename T>
struct Iow : detail::IoctlNumber<T, KCXX_IOC_WRITE, sizeof(T)> {
	using detail::IoctlNumber<T, KCXX_IOC_WRITE, sizeof(T)>::IoctlNumber;
};

/// _IOWR: the driver takes a T and returns one
template <typename T>
struct Iowr : detail::IoctlNumber<T, KCXX_IOC_READ | KCXX_IOC_WRITE, sizeof(T)> {
	using detail::IoctlNumber<T, KCXX_IOC_READ | KCXX_IOC_WRITE, sizeof(T)>::IoctlNumber;
};

/// A call of ioctl(2): a parameter of a driver's ioctl(), which names the commands it has
/// and what to do for each.
///
///     return call.on(RESET, [&] { return reset(); })
///             .on(GET_SETTINGS, [&]() -> Result<Settings> { return settings(); })
///             .on(SET_SETTINGS, [&](const Settings &wanted) { return apply(wanted); })
///             .result();
///
/// The argument is read once, before the handler runs; the result is written afterwards. T is
/// UserData. Errors: EFAULT if that memory is not there; the handler's own. Context: may sleep.
class [[nodiscard]] IoctlCall
{
public:
	/// For the library: the values from user space
	IoctlCall(unsigned int command, unsigned long argument) noexcept
	    : command_{command}, argument_{argument}
	{
	}
	IoctlCall(const IoctlCall &) = delete;
	IoctlCall &operator=(const IoctlCall &) = delete;
	~IoctlCall() = default;

	/// `handler()` or `handler(unsigned long argument)`, a Result<>
	template <typename Handler>
	IoctlCall &on(Io number, const Handler &handler) KCXX_MAY_SLEEP
	{
		if (!is(number.value()))
			return *this;
		if constexpr (requires { handler(argument_); })
			return end(handler(argument_));
		else
			return end(handler());
	}

	/// `handler()`, a Result<T>
	template <typename T, typename Handler>
	IoctlCall &on(Ior<T> number, const Handler &handler) KCXX_MAY_SLEEP
	{
		if (is(number.value()))
			end(give(Result<T>{handler()}));
		return *this;
	}

	/// `handler(const T &)`, a Result<>
	template <typename T, typename Handler>
	IoctlCall &on(Iow<T> number, const Handler &handler) KCXX_MAY_SLEEP
	{
		if (is(number.value()))
			end(take<T>([&](const T &value) -> Result<> { return handler(value); }));
		return *this;
	}

	/// `handler(const T &)`, a Result<T>
	template <typename T, typename Handler>
	IoctlCall &on(Iowr<T> number, const Handler &handler) KCXX_MAY_SLEEP
	{
		if (is(number.value()))
			end(take<T>([&](const T &value) -> Result<> {
				return give(Result<T>{handler(value)});
			}));
		return *this;
	}

	/// The result of the call. Errors: ENOTTY if there is no such command.
	[[nodiscard]] Result<> result() const noexcept { return result_; }

	/// The command from user space, for commands whose size differs from call to call
	[[nodiscard]] unsigned int command() const noexcept { return command_; }

	/// The argument from user space: a number or an address
	[[nodiscard]] unsigned long argument() const noexcept { return argument_; }

private:
	[[nodiscard]] bool is(unsigned int number) const noexcept
	{
		return !done_ && command_ == number;
	}

	IoctlCall &end(Result<> result) noexcept
	{
		result_ = result;
		done_ = true;
		return *this;
	}

	template <typename T, typename Use>
	Result<> take(Use use) KCXX_MAY_SLEEP
	{
		return use(KTRY(UserReader(argument_, sizeof(T)).read<T>()));
	}

	template <typename T>
	Result<> give(const Result<T> &value) KCXX_MAY_SLEEP
	{
		if (!value)
			return value.error();
		return UserWriter(argument_, sizeof(T)).write(*value);
	}

	unsigned int command_;
	unsigned long argument_;
	Result<> result_ = ENOTTY;
	bool done_ = false;
};

} // namespace kernel
