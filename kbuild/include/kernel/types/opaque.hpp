// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Objects of the kernel's C inside objects of C++. C API: none.

#pragma once

namespace kernel
{

/// Zeroed room for a C struct, which C initialises. The object stays where it is: the kernel's
/// lists and waiters point at it.
template <typename Struct>
class Opaque
{
public:
	Opaque() = default;
	Opaque(const Opaque &) = delete;
	Opaque &operator=(const Opaque &) = delete;
	~Opaque() = default;

	/// C's object.
	[[nodiscard]] Struct *get() noexcept { return reinterpret_cast<Struct *>(bytes_); }
	/// C's object.
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
	alignas(Struct) unsigned char bytes_[sizeof(Struct) == 0 ? 1 : sizeof(Struct)] = {};
};

} // namespace kernel
