// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Memory in the kernel log. C API: print_hex_dump() of <linux/printk.h>.

#pragma once

#include <cstddef>
#include <span>

#include <generated/bindings/printk/hex_dump.hpp>
#include <kernel/printk/printk.hpp>

namespace kernel
{

/// How hex_dump() prints.
struct HexDump {
	/// The place of a line in memory.
	enum class Place : unsigned char {
		none,
		address, ///< hashed, as %p
		offset,
	};

	Place place = Place::offset; ///< what stands before the bytes
	int row = 16;                ///< bytes in a line: 16 or 32
	int group = 1;               ///< bytes in a number: 1, 2, 4 or 8
	bool text = true;            ///< the bytes as ASCII behind them
};

/// Logs `bytes`, 16 a line, at `level`, a KERN_… such as KERN_INFO. Each line begins with `prefix`;
/// pr_fmt() is not used. Up to 64 bytes go in a line of your own, by {}. Context: any.
///
///     hex_dump(KERN_INFO, "pump: received: ", std::as_bytes(std::span{buffer}));
inline void hex_dump(const char *level, const char *prefix, std::span<const std::byte> bytes,
		     HexDump how = {})
{
	static_assert(
		static_cast<int>(HexDump::Place::none) == bindings::kcxx_dump_prefix_none &&
		static_cast<int>(HexDump::Place::address) == bindings::kcxx_dump_prefix_address &&
		static_cast<int>(HexDump::Place::offset) == bindings::kcxx_dump_prefix_offset);
	// SAFETY: the bytes live until the call ends, and the texts end in a NUL.
	bindings::print_hex_dump(level, prefix, static_cast<int>(how.place), how.row, how.group,
				 bytes.data(), bytes.size(), how.text);
}

} // namespace kernel
