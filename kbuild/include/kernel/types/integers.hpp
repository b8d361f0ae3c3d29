// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Integers by their size, under the kernel's names. C API: <linux/types.h>.

#pragma once

namespace kernel
{

using u8 = unsigned char;       ///< 8 bits, unsigned
using u16 = unsigned short;     ///< 16 bits, unsigned
using u32 = unsigned int;       ///< 32 bits, unsigned
using u64 = unsigned long long; ///< 64 bits, unsigned; not std::uint64_t, as in C
using s8 = signed char;         ///< 8 bits, signed
using s16 = short;              ///< 16 bits, signed
using s32 = int;                ///< 32 bits, signed
using s64 = long long;          ///< 64 bits, signed; not std::int64_t, as in C

} // namespace kernel
