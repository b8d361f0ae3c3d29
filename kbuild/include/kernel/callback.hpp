// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Member functions that the kernel calls: of a Work, a Timer, an HrTimer. C API: none;
/// what container_of() is for in C.

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

/// A member function without arguments
template <auto Function>
concept Callback = requires { typename MemberFunction<decltype(Function)>::Owner; };

/// One that is declared KCXX_MUST_NOT_SLEEP
template <auto Function>
concept AtomicCallback =
	Callback<Function> && requires { MemberFunction<decltype(Function)>::must_not_sleep; };

template <auto Function>
using OwnerOf = MemberFunction<decltype(Function)>::Owner;

template <auto Function>
using ReturnedBy = MemberFunction<decltype(Function)>::Returned;

/// What a class of such members calls: void, and it may sleep, if it says nothing else
template <template <auto> class Item>
struct CallsOf {
	using Returned = void;
	static constexpr bool atomic = false;
};

} // namespace kernel::detail
