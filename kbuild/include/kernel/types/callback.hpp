// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Member functions that the kernel calls: those of a Work, a Timer, an HrTimer. C API: none;
/// C uses container_of().

#pragma once

#include <type_traits>

namespace kernel::detail
{

template <typename Function>
struct MemberFunction;

template <typename Class, typename Value>
struct MemberFunction<Value (Class::*)()> {
	using Owner = Class;
	using Returned = Value;
};

template <typename Class, typename Value>
struct MemberFunction<Value (Class::*)() const> : MemberFunction<Value (Class::*)()> {
};

template <typename Class, typename Value>
struct MemberFunction<Value (Class::*)() noexcept> : MemberFunction<Value (Class::*)()> {
	static constexpr bool must_not_sleep = true;
};

template <typename Class, typename Value>
struct MemberFunction<Value (Class::*)() const noexcept>
    : MemberFunction<Value (Class::*)() noexcept> {
};

#if defined(__clang__) && __clang_major__ >= 20
// The effect is part of the type: see KCXX_MUST_NOT_SLEEP.
template <typename Class, typename Value>
struct MemberFunction<Value (Class::*)() noexcept [[clang::nonblocking]]>
    : MemberFunction<Value (Class::*)() noexcept> {
};

template <typename Class, typename Value>
struct MemberFunction<Value (Class::*)() const noexcept [[clang::nonblocking]]>
    : MemberFunction<Value (Class::*)() noexcept> {
};

template <typename Class, typename Value>
struct MemberFunction<Value (Class::*)() [[clang::blocking]]> : MemberFunction<Value (Class::*)()> {
};

template <typename Class, typename Value>
struct MemberFunction<Value (Class::*)() const [[clang::blocking]]>
    : MemberFunction<Value (Class::*)()> {
};
#endif

/// A member function without arguments
template <auto Function>
concept Callback = requires { typename MemberFunction<decltype(Function)>::Owner; };

/// A callback that is declared KCXX_MUST_NOT_SLEEP
template <auto Function>
concept AtomicCallback =
	Callback<Function> && requires { MemberFunction<decltype(Function)>::must_not_sleep; };

template <auto Function>
using OwnerOf = MemberFunction<decltype(Function)>::Owner;

template <auto Function>
using ReturnedBy = MemberFunction<decltype(Function)>::Returned;

/// The default for a class such as Work: its function returns void and may sleep
template <template <auto> class Item>
struct CallsOf {
	using Returned = void;
	static constexpr bool atomic = false;
};

} // namespace kernel::detail
