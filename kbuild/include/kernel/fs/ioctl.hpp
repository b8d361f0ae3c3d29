// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Commands to a driver, with types. C API: <linux/ioctl.h>.
///
///     constexpr kernel::Io RESET{'p', 0};
///     constexpr kernel::Ior<Settings> GET_SETTINGS{'p', 1};
///     constexpr kernel::Iow<Settings> SET_SETTINGS{'p', 2};
///
/// A header that user space reads as well has the macros _IO(), _IOR(), _IOW() and _IOWR(). In a
/// source that includes this one, they make the same typed numbers:
///
///     #define SET_SETTINGS _IOW('p', 2, struct settings)

#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

#include <generated/bindings/fs/ioctl.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/uaccess.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/sync/thread_safety.hpp>
#include <kernel/types/constructed.hpp>

namespace kernel
{

namespace detail
{

// Not constexpr, so that a number that is wrong is no constant; the compiler prints the name.
void ioctl_number_above_a_byte() KCXX_EFFECT_(nonblocking);
void ioctl_number_of_another_direction() KCXX_EFFECT_(nonblocking);
void ioctl_number_of_another_size() KCXX_EFFECT_(nonblocking);

/// The number of a command that hands over `Size` bytes in `Direction`
template <unsigned int Direction, std::size_t Size>
class IoctlNumber
{
public:
	static_assert(Size <= KCXX_IOC_SIZEMASK,
		      "kcxx-E1370: ioctl: the type is too large for a number");

	[[nodiscard]] constexpr unsigned int value() const noexcept { return value_; }

	/// The number as C has it: `case SET_SETTINGS:`, `_IOC_NR(SET_SETTINGS)`
	constexpr operator unsigned int() const noexcept { return value_; }

protected:
	constexpr IoctlNumber(unsigned int type, unsigned int number) noexcept
	    : value_{FIXED | type << KCXX_IOC_TYPESHIFT | number << KCXX_IOC_NRSHIFT}
	{
		if (type > BYTE || number > BYTE)
			ioctl_number_above_a_byte();
	}

	explicit constexpr IoctlNumber(unsigned int value) noexcept : value_{value}
	{
		if (value >> KCXX_IOC_DIRSHIFT != Direction)
			ioctl_number_of_another_direction();
		if ((value >> KCXX_IOC_SIZESHIFT & KCXX_IOC_SIZEMASK) != Size)
			ioctl_number_of_another_size();
	}

private:
	static constexpr unsigned int BYTE = 0xff;
	static constexpr unsigned int FIXED = Direction << KCXX_IOC_DIRSHIFT |
					      static_cast<unsigned int>(Size) << KCXX_IOC_SIZESHIFT;

	unsigned int value_;
};

} // namespace detail

/// _IO: without an argument, or with one that is a number
struct Io : detail::IoctlNumber<KCXX_IOC_NONE, 0> {
	/// Has the number that _IO() makes of the same constants.
	consteval Io(unsigned int type, unsigned int number) noexcept : IoctlNumber{type, number} {}
	/// Takes a constant that _IO() has made. The compiler refuses one with a size.
	explicit consteval Io(unsigned int value) noexcept : IoctlNumber{value} {}
};

/// _IOR: user space reads a T, the driver returns one
template <typename T>
struct Ior : detail::IoctlNumber<KCXX_IOC_READ, sizeof(T)> {
	/// Has the number that _IOR() makes of the same constants.
	consteval Ior(unsigned int type, unsigned int number) noexcept
	    : detail::IoctlNumber<KCXX_IOC_READ, sizeof(T)>{type, number}
	{
	}
	/// Takes a constant that _IOR() has made. The compiler refuses one of another direction or
	/// size.
	explicit consteval Ior(unsigned int value) noexcept
	    : detail::IoctlNumber<KCXX_IOC_READ, sizeof(T)>{value}
	{
	}
};

/// _IOW: user space writes a T, the driver takes one
template <typename T>
struct Iow : detail::IoctlNumber<KCXX_IOC_WRITE, sizeof(T)> {
	/// Has the number that _IOW() makes of the same constants.
	consteval Iow(unsigned int type, unsigned int number) noexcept
	    : detail::IoctlNumber<KCXX_IOC_WRITE, sizeof(T)>{type, number}
	{
	}
	/// Takes a constant that _IOW() has made. The compiler refuses one of another direction or
	/// size.
	explicit consteval Iow(unsigned int value) noexcept
	    : detail::IoctlNumber<KCXX_IOC_WRITE, sizeof(T)>{value}
	{
	}
};

/// _IOWR: the driver takes a T and returns one
template <typename T>
struct Iowr : detail::IoctlNumber<KCXX_IOC_READ | KCXX_IOC_WRITE, sizeof(T)> {
	/// Has the number that _IOWR() makes of the same constants.
	consteval Iowr(unsigned int type, unsigned int number) noexcept
	    : detail::IoctlNumber<KCXX_IOC_READ | KCXX_IOC_WRITE, sizeof(T)>{type, number}
	{
	}
	/// Takes a constant that _IOWR() has made. The compiler refuses one of another direction or
	/// size.
	explicit consteval Iowr(unsigned int value) noexcept
	    : detail::IoctlNumber<KCXX_IOC_READ | KCXX_IOC_WRITE, sizeof(T)>{value}
	{
	}
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
	/// It stays where it was made: see Send.
	static constexpr bool is_send = false;

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
		static_assert(
			std::is_invocable_v<const Handler &> ||
				std::is_invocable_v<const Handler &, unsigned long>,
			"kcxx-E1371: ioctl: the handler of an _IO() number takes nothing, or the "
			"argument as an unsigned long");
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
		static_assert(std::is_invocable_v<const Handler &>,
			      "kcxx-E1372: ioctl: the handler of an _IOR() number takes nothing, "
			      "and returns a "
			      "kernel::Result of the number's type");
		if (is(number.value()))
			end(give(Result<T>{handler()}));
		return *this;
	}

	/// `handler(const T &)`, a Result<>
	template <typename T, typename Handler>
	IoctlCall &on(Iow<T> number, const Handler &handler) KCXX_MAY_SLEEP
	{
		static_assert(
			std::is_invocable_v<const Handler &, const T &>,
			"kcxx-E0604: ioctl: the handler takes another type than the number has");
		if (is(number.value()))
			end(take<T>([&](const T &value) -> Result<> { return handler(value); }));
		return *this;
	}

	/// `handler(const T &)`, a Result<T>
	template <typename T, typename Handler>
	IoctlCall &on(Iowr<T> number, const Handler &handler) KCXX_MAY_SLEEP
	{
		static_assert(
			std::is_invocable_v<const Handler &, const T &>,
			"kcxx-E0604: ioctl: the handler takes another type than the number has");
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
		UserReader reader KCXX_CONSTRUCTED{argument_, sizeof(T)};
		return use(KTRY(reader.read<T>()));
	}

	template <typename T>
	Result<> give(const Result<T> &value) KCXX_MAY_SLEEP
	{
		if (!value)
			return value.error();
		UserWriter writer KCXX_CONSTRUCTED{argument_, sizeof(T)};
		return writer.write(*value);
	}

	unsigned int command_;
	unsigned long argument_;
	Result<> result_ = ENOTTY;
	bool done_ = false;
};

} // namespace kernel

// C's macros, with the type. Each may be given a variable in place of a type, as sizeof is.
#undef _IO
#undef _IOR
#undef _IOW
#undef _IOWR
/// A kernel::Io
#define _IO(type, nr) (::kernel::Io{type, nr})
/// A kernel::Ior of the type that is the last argument
#define _IOR(type, nr, ...) (::kernel::Ior<__typeof__(__VA_ARGS__)>{type, nr})
/// A kernel::Iow of the type that is the last argument
#define _IOW(type, nr, ...) (::kernel::Iow<__typeof__(__VA_ARGS__)>{type, nr})
/// A kernel::Iowr of the type that is the last argument
#define _IOWR(type, nr, ...) (::kernel::Iowr<__typeof__(__VA_ARGS__)>{type, nr})
