// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// What the kernel's headers use that C alone has, in C++. Generated bindings include it; select.awk leaves out
/// the kernel's own macros of these names.

#pragma once
#pragma GCC system_header

#include <cstddef>
#include <utility>

// Words of C
#define _Bool bool
#define _Static_assert static_assert
#define __auto_type auto
#define restrict __restrict

namespace kcxx_c
{

template <typename A, typename B>
inline constexpr bool same_type = false;
template <typename A>
inline constexpr bool same_type<A, A> = true;

template <typename T>
struct unqualified {
	using type = T;
};
template <typename T>
struct unqualified<const T> {
	using type = T;
};
template <typename T>
struct unqualified<volatile T> {
	using type = T;
};
template <typename T>
struct unqualified<const volatile T> {
	using type = T;
};

} // namespace kcxx_c

#if !defined(__clang__)
#define __builtin_types_compatible_p(a, b)                                                         \
	::kcxx_c::same_type<typename ::kcxx_c::unqualified<a>::type, typename ::kcxx_c::unqualified<b>::type>
#endif
