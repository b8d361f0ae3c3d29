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

/// The result of `part` if it is a function, else `part` itself
template <typename Part>
constexpr decltype(auto) part_of(Part &&part)
{
	if constexpr (std::is_invocable_v<Part>)
		return std::forward<Part>(part)();
	else
		return std::forward<Part>(part);
}

/// Returns the Result<T> that `make` makes of the parts that it holds and the values of `parts`
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

/// Makes a T of parts, in order. The first error is the result: then the parts that are made
/// already are destroyed, the last one first. A part is a value, a Result, or a function
/// without arguments that returns one of these; a Result<> is a step that has no value. The
/// parts are moved into the T, which is made in place and does not move.
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

/// Makes a T in place from `arguments`, then starts it by `step`, a member function of T or a
/// function that takes a T &. If `step` returns an error, that is the result, and the T is
/// destroyed. Thus the start of a T that does not move may fail.
///
///     return make_then<Sampler>(&Sampler::start, std::move(queue));
template <typename T, typename Step, typename... Arguments>
[[nodiscard]] constexpr Result<T> make_then(Step &&step, Arguments &&...arguments)
{
	return Result<T>{detail::Then{}, std::forward<Step>(step),
			 std::forward<Arguments>(arguments)...};
}

} // namespace kernel
