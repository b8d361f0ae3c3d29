// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Classes whose objects several tasks may change at the same time. C API: none.

#pragma once

#include <type_traits>

namespace kernel
{

/// A class that several tasks may change at the same time: a lock, an atomic, or a class all of
/// whose functions lock by themselves, which declares
///
///     static constexpr bool is_sync = true;
template <typename T>
concept Sync = requires { requires T::is_sync; };

/// The T that a shared owner gives, as an Arc: const, unless T is Sync. So that a const function
/// can be called by several tasks, it changes only members that are mutable locks and atomics.
template <typename T>
using Shared = std::conditional_t<Sync<T>, T, const T>;

} // namespace kernel
