// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Objects of the kernel's C inside objects of C++. C API: none.

#pragma once

#include <cstddef>

namespace kernel
{

/// Room for a C struct, whose size and alignment <generated/kcxx-layout.h> knows for
/// the kernel's configuration. C alone looks inside. It stays where it is: the
/// kernel's lists and waiters point at it.
template <typename Struct, std::size_t Size, std::size_t Alignment>
class Opaque
{
public:
	Opaque() = default;
	Opaque(const Opaque &) = delete;
	Opaque &operator=(const Opaque &) = delete;
	~Opaque() = default;

	[[nodiscard]] Struct *get() noexcept { return reinterpret_cast<Struct *>(bytes_); }
	[[nodiscard]] const Struct *get() const noexcept
	{
		return reinterpret_cast<const Struct *>(bytes_);
	}

	/// The one that a callback's argument lies in: back from get()
	[[nodiscard]] static Opaque *of(Struct *raw) noexcept
	{
		return reinterpret_cast<Opaque *>(raw);
	}

private:
	// Of some configurations' structs nothing is left: a spinlock on one CPU.
	alignas(Alignment) unsigned char bytes_[Size == 0 ? 1 : Size] = {};
};

} // namespace kernel
