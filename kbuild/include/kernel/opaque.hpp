// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Objects of the kernel's C inside objects of C++. C API: none.

#pragma once

#include <cstddef>

namespace kernel
{

/// Room for a C struct, with the size and alignment from <generated/kcxx-layout.h> for the
/// kernel's configuration. Only C looks inside. The object stays where it is: the kernel's
/// lists and waiters point at it.
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

	/// The Opaque around a callback's argument: the inverse of get()
	[[nodiscard]] static Opaque *of(Struct *raw) noexcept
	{
		return reinterpret_cast<Opaque *>(raw);
	}

private:
	// Some structs are empty in some configurations, such as a spinlock on one CPU.
	alignas(Alignment) unsigned char bytes_[Size == 0 ? 1 : Size] = {};
};

} // namespace kernel
