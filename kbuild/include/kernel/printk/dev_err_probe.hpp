// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The reason why a device is not bound to its driver. C API: dev_err_probe() of
/// <linux/dev_printk.h>.
///
///     auto reset = KTRY(dev_err_probe(device, gpio::Output::get(device, "reset", gpio::inactive),
///                                     "no line for the reset\n"));
///     return dev_err_probe(device, ENODEV, "the chip {} is unknown\n", id);

#pragma once

#include <utility>

#include <generated/bindings/printk/dev_err_probe.hpp>
#include <kernel/error.hpp>
#include <kernel/printk/dev_printk.hpp>

namespace kernel::detail
{

// SAFETY, of all here: the caller's device lives, and a text with braces is translated for the
// types of its arguments.

using bindings::dev_err_probe;

/// A format with braces in place of C's. By this line, which has no attribute,
/// kbuild/bindgen/library-names.awk knows that the library has the name: sources then get no
/// declaration of C's, which the macro below would expand in.
template <typename Literal, typename... T>
inline void dev_err_probe(const ::device *dev, int error, Braces<Literal> format,
			  const T &...arguments)
{
	call_formatted(
		format,
		KCXX_FORMATTED_CALL(text, values,
				    (void)bindings::dev_err_probe(dev, error, text, values...)),
		arguments...);
}

constexpr bool has_failed(Error /*error*/) noexcept
{
	return true;
}
template <typename T>
constexpr bool has_failed(const Result<T> &result) noexcept
{
	return !result.has_value();
}

constexpr int errno_of(Error error) noexcept
{
	return error.to_errno();
}
template <typename T>
constexpr int errno_of(const Result<T> &result) noexcept
{
	return result.error().to_errno();
}

/// An error or a Result whose reason is logged
template <typename T>
[[nodiscard]] constexpr T explained(T &&value)
{
	return std::move(value);
}

} // namespace kernel::detail

/// Logs why a driver fails, and returns `result`: a Result, which may be a success and is then not
/// logged, or an Error. The text ends with \n, as those of dev_err(), whose formats it takes.
///
/// The line in the log has the error's name before the text. For EPROBE_DEFER the text is not
/// logged, because the kernel calls probe() again: it stands beside the device in
/// /sys/kernel/debug/devices_deferred. For ENOMEM, of which the kernel has logged more already,
/// kernels since 6.11 log nothing.
///
///     auto bus = KTRY(dev_err_probe(device, Clk::get(device, "bus"), "no clock of the bus\n"));
///
/// Context: probe() and start() of a driver; may sleep.
#define dev_err_probe(dev, result, format, ...)                                                    \
	::kernel::detail::explained(__extension__({                                                \
		auto kcxx_explained = (result);                                                    \
		if (::kernel::detail::has_failed(kcxx_explained)) [[unlikely]]                     \
			(void)::kernel::detail::dev_err_probe(                                     \
				dev, ::kernel::detail::errno_of(kcxx_explained),                   \
				KCXX_FORMATTED(dev_fmt(format) __VA_OPT__(, ) __VA_ARGS__));       \
		std::move(kcxx_explained);                                                         \
	}))
