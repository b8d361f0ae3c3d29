// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Kernel memory. C API: <linux/slab.h>, <linux/gfp.h>.
///
/// Box and Vec own memory; drivers seldom need anything here but the GFP flags.

#pragma once

#include <cstddef>

#include <generated/bindings/memory/slab.hpp>
#include <kernel/sync/context.hpp>

namespace kernel
{

/// Flags for how an allocation gets its memory: `GFP_KERNEL | __GFP_ZERO`
class Gfp
{
public:
	/// Flags of C's, as bits.
	explicit constexpr Gfp(unsigned int bits) noexcept : bits_{bits} {}

	/// The flags as C takes them.
	[[nodiscard]] constexpr unsigned int bits() const noexcept { return bits_; }

	/// C's gfp_t, for functions of <linux/slab.h> in the same file
	constexpr operator unsigned int() const noexcept { return bits_; } // NOLINT(*-explicit-*)

	/// Both sets of flags.
	friend constexpr Gfp operator|(Gfp a, Gfp b) noexcept { return Gfp{a.bits_ | b.bits_}; }
	/// True for the same flags.
	friend constexpr bool operator==(Gfp, Gfp) = default;

private:
	unsigned int bits_;
};

/// Flags with which an allocation may sleep. They become a Gfp where they are used, and there Clang
/// refuses them if the caller must not sleep.
class SleepingGfp
{
public:
	/// Flags of C's, as bits.
	explicit constexpr SleepingGfp(unsigned int bits) noexcept : bits_{bits} {}

	/// The flags as C takes them.
	[[nodiscard]] constexpr unsigned int bits() const noexcept { return bits_; }

	/// The flags of an allocation. Context: may sleep.
	constexpr operator Gfp() const KCXX_MAY_SLEEP { return Gfp{bits_}; } // NOLINT(*-explicit-*)

	/// C's gfp_t, for functions of <linux/slab.h> in the same file. Context: may sleep.
	// NOLINTNEXTLINE(*-explicit-*)
	constexpr operator unsigned int() const KCXX_MAY_SLEEP { return bits_; }

	/// Both sets of flags.
	friend constexpr SleepingGfp operator|(SleepingGfp a, Gfp b) noexcept
	{
		return SleepingGfp{a.bits_ | b.bits()};
	}
	/// True for the same flags.
	friend constexpr bool operator==(SleepingGfp, SleepingGfp) = default;

private:
	unsigned int bits_;
};

inline constexpr SleepingGfp GFP_KERNEL{KCXX_GFP_KERNEL}; ///< process context, no spinlock
inline constexpr Gfp GFP_ATOMIC{KCXX_GFP_ATOMIC};         ///< never sleeps, may use the reserves
inline constexpr Gfp GFP_NOWAIT{KCXX_GFP_NOWAIT};         ///< never sleeps, fails sooner
inline constexpr SleepingGfp GFP_NOIO{KCXX_GFP_NOIO};     ///< starts no I/O
inline constexpr SleepingGfp GFP_NOFS{KCXX_GFP_NOFS};     ///< calls no file system

/// Like GFP_KERNEL, and charged to the caller's memory cgroup
inline constexpr SleepingGfp GFP_KERNEL_ACCOUNT{KCXX_GFP_KERNEL_ACCOUNT};

// NOLINTBEGIN(*-reserved-identifier): the kernel's names
inline constexpr Gfp __GFP_ZERO{KCXX___GFP_ZERO};     ///< zeroed memory
inline constexpr Gfp __GFP_NOWARN{KCXX___GFP_NOWARN}; ///< no log entry on failure
// NOLINTEND(*-reserved-identifier)

/// The alignment of all memory from kmalloc(), in bytes
inline constexpr std::size_t KMALLOC_MINALIGN = KCXX_ARCH_KMALLOC_MINALIGN;

} // namespace kernel
