// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// What an owner gives to C, and takes back. C API: none; C casts pointers to void *.

#pragma once

#include <utility>

namespace kernel
{

/// An object that its Owner, a Box or an Arc, has released, and that another one adopts:
///
///     file->private_data = std::move(box).release().to_raw();
///     …
///     auto box = Box<State>::adopt(Released<Box<State>>::from_raw(file->private_data));
///
/// Moves, does not copy, so that one Owner adopts it. If none does, the object ends as if its Owner
/// did. to_raw() and from_raw() are for places of C, which no type can follow: `kcxx lint` refuses
/// them in a file that is KCXX_SAFE.
template <typename Owner>
class [[nodiscard]] Released
{
public:
	/// The object's type.
	using element_type = Owner::element_type;

	Released(const Released &) = delete;
	Released &operator=(const Released &) = delete;
	Released &operator=(Released &&) = delete;

	/// Takes over the object of `other`, which has none then.
	Released(Released &&other) noexcept : object_{std::exchange(other.object_, nullptr)} {}

	/// Ends as the Owner does, unless one has adopted the object. Context: as the Owner's.
	~Released()
	{
		if (object_ != nullptr)
			(void)Owner::adopt(std::move(*this));
	}

	/// The pointer for a place of C, which from_raw() takes back from there; null if the Owner
	/// was empty.
	[[nodiscard]] element_type *to_raw() && noexcept { return std::exchange(object_, nullptr); }

	/// Takes back what to_raw() returned, once for each call of that. May be null.
	[[nodiscard]] static Released from_raw(element_type *object) noexcept
	{
		return Released{object};
	}
	/// The same, of a void * of C: it points to what to_raw() returned, and to no base of it.
	[[nodiscard]] static Released from_raw(void *object) noexcept
	{
		// SAFETY: the caller's pointer is of to_raw(), which had this type.
		return Released{static_cast<element_type *>(object)};
	}

private:
	explicit Released(element_type *object) noexcept : object_{object} {}

	element_type *object_;
};

namespace detail
{

/// For the library: the owner of what C kept
template <typename Owner, typename Pointer>
[[nodiscard]] Owner owner_of(Pointer *object) noexcept
{
	return Owner::adopt(Released<Owner>::from_raw(object));
}

/// For the library: what C keeps until owner_of()
template <typename Owner>
[[nodiscard]] auto *kept_by_c(Owner &&owner) noexcept
{
	return std::forward<Owner>(owner).release().to_raw();
}

/// For refusals in functions of any type
template <typename T>
inline constexpr bool never = false;

} // namespace detail

} // namespace kernel
