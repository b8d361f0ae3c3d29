// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Hashes of keys. C API: <linux/siphash.h>.

#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include <generated/bindings/containers/hash.hpp>

namespace kernel
{

namespace detail
{

/// Text, and what converts to it: String, std::string_view, const char *
template <typename T>
concept Text = std::is_convertible_v<const T &, std::string_view>;

/// A class that names the part of it that is hashed
template <typename T>
concept HasHashKey = requires(const T &key) { key.hash_key(); };

/// A class whose equal objects have equal bytes
template <typename T>
concept HashableBytes =
	std::is_trivially_copyable_v<T> && std::has_unique_object_representations_v<T>;

} // namespace detail

/// The hash of a HashMap or HashSet that is given no other: the kernel's hsiphash(), with a secret
/// that each container draws by lot. Who chooses the keys cannot choose keys that collide.
///
/// A key is a number, an enumerator, a pointer (its address counts, not the object), a text, or a
/// class of such members without padding. Another class has a member function hash_key() that
/// returns one of these.
///
/// A class of your own that hashes has the operator() alone, and seed() if it has a secret:
///
///     struct ById {
///             std::uint32_t operator()(const Id &id) const { return id.number; } // not chosen by
///             users
///     };
class KeyedHash
{
public:
	/// Draws the secret. A container calls it once, before it hashes its first key.
	/// Context: any; it does not wait until the kernel has seeded its generator.
	void seed()
	{
		// SAFETY: the secret has room for so much.
		bindings::get_random_bytes(secret_, sizeof(secret_));
	}

	/// Hashes `key`. Context: any.
	template <typename Key>
	[[nodiscard]] std::uint32_t operator()(const Key &key) const
	{
		if constexpr (detail::HasHashKey<Key>) {
			return (*this)(key.hash_key());
		} else if constexpr (detail::Text<Key>) {
			const std::string_view text = key;
			return of_bytes(text.data(), text.size());
		} else if constexpr (std::is_pointer_v<Key>) {
			return of_number(reinterpret_cast<std::uintptr_t>(key));
		} else if constexpr (std::is_integral_v<Key> || std::is_enum_v<Key>) {
			return of_number(key);
		} else {
			static_assert(detail::HashableBytes<Key>,
				      "kcxx-E1307: KeyedHash cannot hash a key of this type: its "
				      "class needs a "
				      "function hash_key() const that returns a number or a text");
			return of_bytes(&key, sizeof(key));
		}
	}

private:
	// SAFETY, of all calls: the secret has the words that <linux/siphash.h> reads.

	template <typename Number>
	[[nodiscard]] std::uint32_t of_number(Number number) const
	{
		if constexpr (sizeof(Number) > sizeof(std::uint64_t))
			return of_bytes(&number, sizeof(number));
		else if constexpr (sizeof(Number) > sizeof(std::uint32_t))
			return bindings::kcxx_hsiphash_u64(static_cast<std::uint64_t>(number),
							   secret_);
		else
			return bindings::kcxx_hsiphash_u32(static_cast<std::uint32_t>(number),
							   secret_);
	}

	[[nodiscard]] std::uint32_t of_bytes(const void *bytes, std::size_t size) const
	{
		return bindings::kcxx_hsiphash(bytes, size, secret_);
	}

	unsigned long secret_[KCXX_HSIPHASH_WORDS] = {};
};

} // namespace kernel
