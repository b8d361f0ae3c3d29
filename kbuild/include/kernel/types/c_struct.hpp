// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Structs of the kernel's C as classes. C API: none.

#pragma once

#include <type_traits>

namespace kernel
{

/// The base of a class without members whose objects are the kernel's: a reference of the type
/// `Self` is a pointer to C's `Struct`.
template <typename Self, typename Struct>
class CStruct
{
public:
	// NOLINTBEGIN(bugprone-crtp-constructor-accessibility): there are none
	CStruct() = delete;
	CStruct(const CStruct &) = delete;
	// NOLINTEND(bugprone-crtp-constructor-accessibility)
	CStruct &operator=(const CStruct &) = delete;
	~CStruct() = delete;

	/// The object of a C function or callback, which lives as long as the reference is used.
	[[nodiscard]] static Self &of(Struct *raw) noexcept
	{
		static_assert(std::is_empty_v<Self>);
		return *reinterpret_cast<Self *>(raw);
	}
	/// For C functions: never null
	[[nodiscard]] Struct *raw() const noexcept
	{
		// C's functions take no const struct, and the kernel's objects are none.
		// NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast)
		auto *const raw = reinterpret_cast<Struct *>(const_cast<CStruct *>(this));
		if (raw == nullptr)
			__builtin_unreachable(); // the kernel's compilers keep tests for null
		return raw;
	}
};

} // namespace kernel
