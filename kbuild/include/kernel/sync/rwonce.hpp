// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Loads and stores that happen once, as written. C API: READ_ONCE() and WRITE_ONCE() of
/// <asm/rwonce.h>.

#pragma once

#include <type_traits>

namespace kernel
{

/// A type that a CPU loads and stores in one piece
template <typename T>
concept OneAccess = std::is_scalar_v<T> && sizeof(T) <= sizeof(long);

/// READ_ONCE(): for data that others write at the same time. Reads through the result happen
/// later; nothing else is ordered. Context: any.
template <OneAccess T>
[[nodiscard]] inline T read_once(const T &from) noexcept
{
	return static_cast<const volatile T &>(from);
}

/// WRITE_ONCE(): for data that others read at the same time. Nothing is ordered. Context: any.
template <OneAccess T>
inline void write_once(T &to, std::type_identity_t<T> value) noexcept
{
	static_cast<volatile T &>(to) = value;
}

} // namespace kernel
