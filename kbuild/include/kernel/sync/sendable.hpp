// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Classes whose objects may go from one task, interrupt or CPU to another. C API: none.

#pragma once

#include <type_traits> // libstdc++ declares std::reference_wrapper there

namespace kernel
{

namespace detail
{

template <typename T>
consteval bool is_sendable();

/// The types that a class template holds
template <typename T>
struct HeldTypes {
	static constexpr bool sendable = true;
};

template <template <typename...> class Holder, typename... T>
struct HeldTypes<Holder<T...>> {
	static constexpr bool sendable = (is_sendable<std::remove_cv_t<T>>() && ...);
};

template <typename T>
struct HeldTypes<std::reference_wrapper<T>> {
	static constexpr bool sendable = false;
};

template <typename T>
consteval bool is_sendable()
{
	if constexpr (std::is_reference_v<T>)
		return false;
	else if constexpr (std::is_array_v<T>)
		return is_sendable<std::remove_cv_t<std::remove_all_extents_t<T>>>();
	else if constexpr (requires { T::is_send; })
		return T::is_send;
	else
		return HeldTypes<T>::sendable;
}

} // namespace detail

/// A class whose objects one task may make, and another one, an interrupt or another CPU may use
/// and destroy. These are all but references, and classes that declare
///
///     static constexpr bool is_send = false;
///
/// because they belong to where they were made: guards, the user space of a system call, references
/// to callables. A class template is as the types that it holds, such as Box<T>, std::optional<T>.
/// A class or a lambda with members that are none is found by `kcxx lint`: kcxx-send.
template <typename T>
concept Send = detail::is_sendable<std::remove_cv_t<T>>();

} // namespace kernel
