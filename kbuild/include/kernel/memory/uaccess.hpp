// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Memory of user space. C API: copy_from_user() and copy_to_user() of <linux/uaccess.h>.
///
/// A UserSlice is memory that user space named: an address and a size, not checked yet. It is
/// made into a UserReader, a UserWriter or both, once; these only go forward. Thus no byte is
/// fetched twice, and the checked value is the value that is used, though another thread may
/// change the memory at any time.

#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include <generated/bindings/memory/uaccess.hpp>
#include <kernel/bug.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/slab.hpp>
#include <kernel/memory/vec.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/consumed.hpp>

namespace kernel
{

namespace detail
{

/// True if a T can be made of bytes with any values: a bit_cast to a pointer, to a type that
/// holds one, to a union or to a reference is no constant.
template <typename T>
concept MadeOfBytes = requires {
	typename std::bool_constant<((void)std::bit_cast<T>(std::array<unsigned char, sizeof(T)>{}),
				     true)>;
};

} // namespace detail

/// The author's promise for a type in which the compiler cannot look for addresses, because it has
/// a union, or, with Clang, bit-fields: no member of it, nor of its unions, is an address or a
/// bool.
///
///     template <>
///     inline constexpr bool kernel::holds_no_address<pump_request> = true;
template <typename T>
inline constexpr bool holds_no_address = false;

/// A type that may cross the border to user space as it is: each bit means something (no
/// padding, so that nothing of the kernel's leaks; no floating point), none means an address
/// (no pointer, in no member; no union), and any bits are valid (no bool).
template <typename T>
concept UserData = std::is_trivially_copyable_v<T> && std::has_unique_object_representations_v<T> &&
		   !std::is_same_v<std::remove_cv_t<T>, bool> &&
		   (detail::MadeOfBytes<T> || holds_no_address<T>);

namespace detail
{

/// Reports which condition a type does not meet
template <typename T>
constexpr void require_user_data()
{
	static_assert(std::is_trivially_copyable_v<T>,
		      "kcxx-E1419: user space: the type is not copied byte by byte");
	static_assert(std::has_unique_object_representations_v<T>,
		      "kcxx-E1420: user space: the type has padding or floating point, which would "
		      "leak or "
		      "differ; name each byte of it");
	static_assert(!std::is_same_v<std::remove_cv_t<T>, bool>,
		      "kcxx-E1421: user space: a bool is only 0 or 1; use std::uint8_t");
	static_assert(MadeOfBytes<T> || holds_no_address<T>,
		      "kcxx-E1422: user space: the type holds a pointer, a reference or a union; "
		      "use an integer, "
		      "as std::uint64_t, or set kernel::holds_no_address for the type");
}

/// Inline, because a size that is a constant is checked by the compiler alone, as in C.
///
/// \return how many bytes were not there
[[nodiscard, gnu::always_inline]] inline std::size_t copy_from_user(void *to, unsigned long from,
								    std::size_t size) KCXX_MAY_SLEEP
{
	// SAFETY: the caller guarantees that `to` has room for so much; bytes that are not there
	// are not copied.
	return bindings::kcxx_copy_from_user(to, from, size);
}

/// Inline, as above.
///
/// \return how many bytes could not be written
[[nodiscard, gnu::always_inline]] inline std::size_t
copy_to_user(unsigned long to, const void *from, std::size_t size) KCXX_MAY_SLEEP
{
	// SAFETY: the caller guarantees that `from` holds so much; bytes that are not there are
	// not written.
	return bindings::kcxx_copy_to_user(to, from, size);
}

/// A position in user memory, and the number of bytes left; empty after a move
class UserCursor
{
public:
	UserCursor(unsigned long address, std::size_t size) noexcept
	    : address_{address}, left_{size}
	{
	}

	UserCursor(const UserCursor &) = delete;
	UserCursor &operator=(const UserCursor &) = delete;

	UserCursor(UserCursor &&other) noexcept
	    : address_{other.address_}, left_{std::exchange(other.left_, 0)},
	      done_{std::exchange(other.done_, 0)}
	{
	}

	UserCursor &operator=(UserCursor &&other) noexcept
	{
		address_ = other.address_;
		left_ = std::exchange(other.left_, 0);
		done_ = std::exchange(other.done_, 0);
		return *this;
	}

	~UserCursor() = default;

	[[nodiscard]] unsigned long address() const noexcept { return address_; }
	[[nodiscard]] std::size_t left() const noexcept { return left_; }
	[[nodiscard]] std::size_t done() const noexcept { return done_; }

	/// Goes past `size` bytes, no more than are left
	void advance(std::size_t size) noexcept
	{
		address_ += size;
		left_ -= size;
		done_ += size;
	}

private:
	unsigned long address_;
	std::size_t left_;
	std::size_t done_ = 0;
};

} // namespace detail

/// Reads user memory from its beginning to its end. Moves, does not copy; a moved-from
/// one is empty, and Clang refuses its use.
///
/// Errors of functions that read: EFAULT if the memory is not there, or if less of it is left
/// than requested. The requested bytes are passed in either case.
/// Context of functions that read: may sleep, because the memory may have to be brought in.
class KCXX_CONSUMABLE [[nodiscard]] UserReader
{
public:
	/// It stays where it was made: see Send.
	static constexpr bool is_send = false;

	/// Reads `size` bytes of user space from `address` on.
	UserReader(unsigned long address, std::size_t size) noexcept : at_{address, size} {}

	/// The bytes that are left
	[[nodiscard]] std::size_t size() const noexcept KCXX_UNLESS_CONSUMED { return at_.left(); }
	/// True if no byte is left.
	[[nodiscard]] bool empty() const noexcept KCXX_UNLESS_CONSUMED { return size() == 0; }

	/// The bytes that were passed: what write(2) returns
	[[nodiscard]] std::size_t passed() const noexcept KCXX_UNLESS_CONSUMED
	{
		return at_.done();
	}

	/// Fills `to`: all of it, or an error.
	template <typename T, std::size_t Size>
	[[gnu::always_inline]] Result<>
	read(std::span<T, Size> to) KCXX_MAY_SLEEP KCXX_UNLESS_CONSUMED
	{
		if constexpr (!std::is_same_v<T, std::byte>)
			detail::require_user_data<T>();
		if (to.size_bytes() > at_.left()) [[unlikely]] {
			at_.advance(at_.left());
			return EFAULT;
		}
		if (copy(to.data(), to.size_bytes()) != to.size_bytes()) [[unlikely]]
			return EFAULT;
		return {};
	}

	/// The next value, of a type without padding and pointers
	template <typename T>
	[[nodiscard, gnu::always_inline]] Result<T> read() KCXX_MAY_SLEEP KCXX_UNLESS_CONSUMED
	{
		detail::require_user_data<T>();
		std::array<std::byte, sizeof(T)> bytes{};
		KTRY(read(std::span{bytes}));
		return {std::in_place, std::bit_cast<T>(bytes)};
	}

	/// Reads into `to` the bytes that fit, are left and are there; passes only these, and
	/// returns their number. Errors: EFAULT if the first byte is not there.
	[[nodiscard, gnu::always_inline]] Result<std::size_t>
	read_some(std::span<std::byte> to) KCXX_MAY_SLEEP KCXX_UNLESS_CONSUMED
	{
		const std::size_t size = to.size() < at_.left() ? to.size() : at_.left();
		const std::size_t missing = detail::copy_from_user(to.data(), at_.address(), size);
		std::size_t done = size - missing;
		if (missing != 0) [[unlikely]] {
			done += read_rest(at_.address() + done, {to.data() + done, missing}, done);
			if (done == 0)
				return EFAULT;
		}
		at_.advance(done);
		return done;
	}

	/// Appends `count` values to `to`; on failure `to` is unchanged. Nothing is allocated
	/// for more than is left. Errors: also those of Vec::reserve(). Context: also as
	/// `flags` allow.
	template <UserData T>
	Result<> read_into(Vec<T> &to, std::size_t count,
			   Gfp flags) KCXX_MAY_SLEEP KCXX_UNLESS_CONSUMED
	{
		if (count > at_.left() / sizeof(T)) [[unlikely]] {
			at_.advance(at_.left());
			return EFAULT;
		}
		const std::size_t before = to.size();
		KTRY(to.resize(before + count, std::bit_cast<T>(std::array<std::byte, sizeof(T)>{}),
			       flags));
		const Result<> done = read(std::span{to.data() + before, count});
		if (!done) [[unlikely]]
			to.truncate(before);
		return done;
	}

	/// Reads all bytes that are left, if these are at most `most`: user space decides how
	/// much is allocated. Errors: E2BIG, and as read_into(). Context: as read_into().
	[[nodiscard]] Result<Vec<char>> read_all(std::size_t most,
						 Gfp flags) KCXX_MAY_SLEEP KCXX_UNLESS_CONSUMED
	{
		if (at_.left() > most)
			return E2BIG;
		Vec<char> bytes;
		KTRY(read_into(bytes, at_.left(), flags));
		return bytes;
	}

	/// Passes `size` bytes unread. Errors: EFAULT if fewer are left. Context: any.
	Result<> skip(std::size_t size) KCXX_UNLESS_CONSUMED
	{
		const bool enough = size <= at_.left();
		at_.advance(enough ? size : at_.left());
		if (!enough)
			return EFAULT;
		return {};
	}

private:
	/// Copies and passes `size` bytes, which are left; returns the number that were there
	[[gnu::always_inline]] std::size_t copy(void *to, std::size_t size) KCXX_MAY_SLEEP
	{
		// SAFETY: `to` has room for so much; bytes that are not there are not copied.
		const std::size_t missing = detail::copy_from_user(to, at_.address(), size);
		at_.advance(size);
		return size - missing;
	}

	/// At the end of the memory an architecture may stop some bytes early: this tries again
	/// until no byte comes. \return how many bytes of the last ones of read_some() were
	/// there
	[[gnu::noinline]] static std::size_t
	read_rest(unsigned long address, std::span<std::byte> to, std::size_t begun) KCXX_MAY_SLEEP
	{
		std::size_t done = 0;
		for (std::size_t more = begun; done < to.size() && more != 0; done += more)
			more = to.size() - done -
			       detail::copy_from_user(to.data() + done, address + done,
						      to.size() - done);
		return done;
	}

	detail::UserCursor at_;
};

/// Writes user memory from its beginning to its end. Moves, does not copy; a moved-from
/// one is empty, and Clang refuses its use.
///
/// Errors of functions that write: EFAULT if the memory is not there, or if less of it is left
/// than requested: then nothing is written. The requested bytes are passed in either case.
/// Context of functions that write: may sleep, because the memory may have to be brought in.
class KCXX_CONSUMABLE [[nodiscard]] UserWriter
{
public:
	/// It stays where it was made: see Send.
	static constexpr bool is_send = false;

	/// Writes `size` bytes of user space from `address` on.
	UserWriter(unsigned long address, std::size_t size) noexcept : at_{address, size} {}

	/// The bytes that are left
	[[nodiscard]] std::size_t size() const noexcept KCXX_UNLESS_CONSUMED { return at_.left(); }
	/// True if no byte is left.
	[[nodiscard]] bool empty() const noexcept KCXX_UNLESS_CONSUMED { return size() == 0; }

	/// The bytes that were passed: what read(2) returns
	[[nodiscard]] std::size_t passed() const noexcept KCXX_UNLESS_CONSUMED
	{
		return at_.done();
	}

	/// Writes `from`: all of it, or an error.
	template <typename T, std::size_t Size>
	[[gnu::always_inline]] Result<>
	write(std::span<T, Size> from) KCXX_MAY_SLEEP KCXX_UNLESS_CONSUMED
	{
		if constexpr (!std::is_same_v<std::remove_const_t<T>, std::byte>)
			detail::require_user_data<std::remove_const_t<T>>();
		return write_bytes(std::as_bytes(from));
	}

	/// Writes the text, without a NUL. Errors, context: as above.
	[[gnu::always_inline]] Result<>
	write(std::string_view text) KCXX_MAY_SLEEP KCXX_UNLESS_CONSUMED
	{
		return write_bytes(std::as_bytes(std::span{text}));
	}

	/// Writes one value, of a type without padding and pointers.
	template <typename T>
		requires(!std::is_convertible_v<const T &, std::string_view>)
	[[gnu::always_inline]] Result<> write(const T &value) KCXX_MAY_SLEEP KCXX_UNLESS_CONSUMED
	{
		detail::require_user_data<T>();
		return write_bytes(std::as_bytes(std::span{&value, 1}));
	}

	/// Writes the bytes of `from` that fit and can be written; passes only these, and
	/// returns their number. Errors: EFAULT if the first byte could not be written.
	[[nodiscard, gnu::always_inline]] Result<std::size_t>
	write_some(std::span<const std::byte> from) KCXX_MAY_SLEEP KCXX_UNLESS_CONSUMED
	{
		const std::size_t size = from.size() < at_.left() ? from.size() : at_.left();
		const std::size_t missing = detail::copy_to_user(at_.address(), from.data(), size);
		std::size_t done = size - missing;
		if (missing != 0) [[unlikely]] {
			done += write_rest(at_.address() + done, {from.data() + done, missing},
					   done);
			if (done == 0)
				return EFAULT;
		}
		at_.advance(done);
		return done;
	}

	/// Writes as much of the text as there is room for. Errors, context: as above.
	[[nodiscard, gnu::always_inline]] Result<std::size_t>
	write_some(std::string_view text) KCXX_MAY_SLEEP KCXX_UNLESS_CONSUMED
	{
		return write_some(std::as_bytes(std::span{text}));
	}

private:
	// Inline, because the size is mostly a constant
	[[gnu::always_inline]] Result<> write_bytes(std::span<const std::byte> from) KCXX_MAY_SLEEP
	{
		if (from.size() > at_.left()) [[unlikely]] {
			at_.advance(at_.left());
			return EFAULT;
		}
		const unsigned long address = at_.address();
		at_.advance(from.size());
		// SAFETY: `from` holds so much; bytes that are not there are not written.
		if (detail::copy_to_user(address, from.data(), from.size()) != 0) [[unlikely]]
			return EFAULT;
		return {};
	}

	/// Like UserReader::read_rest()
	[[gnu::noinline]] static std::size_t write_rest(unsigned long address,
							std::span<const std::byte> from,
							std::size_t begun) KCXX_MAY_SLEEP
	{
		std::size_t done = 0;
		for (std::size_t more = begun; done < from.size() && more != 0; done += more)
			more = from.size() - done -
			       detail::copy_to_user(address + done, from.data() + done,
						    from.size() - done);
		return done;
	}

	detail::UserCursor at_;
};

/// Memory that user space named. It is made into a reader, a writer or both, once; then it is
/// empty, and Clang refuses its use. Context: any.
///
///     UserReader reader = UserSlice{address, size}.reader();
class KCXX_CONSUMABLE [[nodiscard]] UserSlice
{
public:
	/// It stays where it was made: see Send.
	static constexpr bool is_send = false;

	/// The `size` bytes of user space from `address` on, which is checked when the memory is
	/// read or written
	UserSlice(unsigned long address, std::size_t size) noexcept : at_{address, size} {}

	/// The number of bytes.
	[[nodiscard]] std::size_t size() const noexcept KCXX_UNLESS_CONSUMED { return at_.left(); }

	/// A reader of all of it; the slice is used up.
	[[nodiscard]] UserReader reader() && noexcept KCXX_UNLESS_CONSUMED
	{
		return {at_.address(), taken()};
	}

	/// A writer of all of it; the slice is used up.
	[[nodiscard]] UserWriter writer() && noexcept KCXX_UNLESS_CONSUMED
	{
		return {at_.address(), taken()};
	}

	/// Makes both: bytes that were written must not be read.
	[[nodiscard]] std::pair<UserReader, UserWriter>
	reader_writer() && noexcept KCXX_UNLESS_CONSUMED
	{
		const std::size_t size = taken();
		return {UserReader{at_.address(), size}, UserWriter{at_.address(), size}};
	}

private:
	std::size_t taken() noexcept
	{
		const std::size_t size = at_.left();
		at_ = detail::UserCursor{at_.address(), 0};
		return size;
	}

	detail::UserCursor at_;
};

} // namespace kernel

// NOLINTBEGIN(cert-dcl58-cpp): Clang attaches "is used up" to a function alone
KCXX_MOVE_CONSUMES(::kernel::UserReader);
KCXX_MOVE_CONSUMES(::kernel::UserWriter);
KCXX_MOVE_CONSUMES(::kernel::UserSlice);
// NOLINTEND(cert-dcl58-cpp)
