// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Objects of several parts, each of which may fail. C API: none of its own.

#pragma once

#include <type_traits>
#include <utility>

#include <kernel/error.hpp>

namespace kernel
{

namespace detail
{

template <typename Part>
inline constexpr bool is_result = false;

template <typename T>
inline constexpr bool is_result<Result<T>> = true;

/// What a part of all() is: what it returns, if it is a function; else itself
template <typename Part>
constexpr decltype(auto) part_of(Part &&part)
{
	if constexpr (std::is_invocable_v<Part>)
		return std::forward<Part>(part)();
	else
		return std::forward<Part>(part);
}

/// The Result<T> that `make` returns of all parts: those it has, and the values of `parts`
template <typename T, typename Make>
constexpr Result<T> all_from(const Make &make)
{
	return make();
}

template <typename T, typename Make, typename Part, typename... Parts>
constexpr Result<T> all_from(const Make &make, Part &&part, Parts &&...parts)
{
	auto &&made = part_of(std::forward<Part>(part));
	if constexpr (std::is_same_v<std::remove_cvref_t<decltype(made)>, Result<>>) {
		if (!made) [[unlikely]]
			return made.error();
		return all_from<T>(make, std::forward<Parts>(parts)...);
	} else if constexpr (is_result<std::remove_cvref_t<decltype(made)>>) {
		if (!made) [[unlikely]]
			return made.error();
		return all_from<T>(
			[&]<typename... Later>(Later &&...later) -> Result<T> {
				return make(*std::move(made), std::forward<Later>(later)...);
			},
			std::forward<Parts>(parts)...);
	} else {
		return all_from<T>(
			[&]<typename... Later>(Later &&...later) -> Result<T> {
				return make(std::forward<decltype(made)>(made),
					    std::forward<Later>(later)...);
			},
			std::forward<Parts>(parts)...);
	}
}

} // namespace detail

/// A T of parts that are made in order, up to the first error, which is the result: then the parts
/// that are made already are destroyed, the last one first. A part is a function without arguments
/// that returns a Result, or what it is; a Result<> is a step that has no value. The parts are
/// moved into the T, which is made in place and does not move.
///
///     struct Pump {
///             MiscDevice<PumpFile> device;
///             Sysctl speed;
///             static Result<Pump> init(ThisModule &)
///             {
///                     return all<Pump>([] { return MiscDevice<PumpFile>::make("pump", 0600); },
///                                      [] { return Sysctl::make("dev/pump", "speed", 0644, 5); });
///             }
///     };
template <typename T, typename... Parts>
[[nodiscard]] constexpr Result<T> all(Parts &&...parts)
{
	return detail::all_from<T>(
		[]<typename... Values>(Values &&...values) -> Result<T> {
			return {std::in_place, std::forward<Values>(values)...};
		},
		std::forward<Parts>(parts)...);
}

/// A T that is made in place of `arguments`, and then started by `step`, a member function of T, or
/// a function that takes a T &: its Result<> is an error, if it fails, and the T is destroyed. So a
/// T that does not move has a start that may fail.
///
///     return make_then<Sampler>(&Sampler::start, std::move(queue));
template <typename T, typename Step, typename... Arguments>
[[nodiscard]] constexpr Result<T> make_then(Step &&step, Arguments &&...arguments)
{
	return Result<T>{detail::Then{}, std::forward<Step>(step),
			 std::forward<Arguments>(arguments)...};
}

} // namespace kernel
