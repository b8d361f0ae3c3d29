// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Errors, and results that may be errors. C API: <linux/errno.h>.

#pragma once

#include <expected>
#include <utility>

#include <generated/kcxx-layout.h>
#include <kernel/bug.hpp>

namespace kernel
{

/// An errno, as a type of its own: no integer becomes one by accident.
class [[nodiscard]] Error
{
public:
	/// \param number an errno as <linux/errno.h> has it, positive: 1 to 4095
	explicit constexpr Error(int number) noexcept : number_{number}
	{
		if (number <= 0 || number > KCXX_MAX_ERRNO)
			bug("Error: not an errno");
	}

	/// What a C function returns for it: negative
	[[nodiscard]] constexpr int to_errno() const noexcept { return -number_; }

	friend constexpr bool operator==(Error, Error) = default;

private:
	int number_;
};

inline constexpr Error EPERM{KCXX_EPERM};
inline constexpr Error ENOENT{KCXX_ENOENT};
inline constexpr Error EINTR{KCXX_EINTR};
inline constexpr Error EIO{KCXX_EIO};
inline constexpr Error ENXIO{KCXX_ENXIO};
inline constexpr Error E2BIG{KCXX_E2BIG};
inline constexpr Error EBADF{KCXX_EBADF};
inline constexpr Error EAGAIN{KCXX_EAGAIN};
inline constexpr Error ENOMEM{KCXX_ENOMEM};
inline constexpr Error EACCES{KCXX_EACCES};
inline constexpr Error EFAULT{KCXX_EFAULT};
inline constexpr Error EBUSY{KCXX_EBUSY};
inline constexpr Error EEXIST{KCXX_EEXIST};
inline constexpr Error EXDEV{KCXX_EXDEV};
inline constexpr Error ENODEV{KCXX_ENODEV};
inline constexpr Error ENOTDIR{KCXX_ENOTDIR};
inline constexpr Error EISDIR{KCXX_EISDIR};
inline constexpr Error EINVAL{KCXX_EINVAL};
inline constexpr Error ENFILE{KCXX_ENFILE};
inline constexpr Error EMFILE{KCXX_EMFILE};
inline constexpr Error ENOTTY{KCXX_ENOTTY};
inline constexpr Error EFBIG{KCXX_EFBIG};
inline constexpr Error ENOSPC{KCXX_ENOSPC};
inline constexpr Error ESPIPE{KCXX_ESPIPE};
inline constexpr Error EROFS{KCXX_EROFS};
inline constexpr Error EPIPE{KCXX_EPIPE};
inline constexpr Error EDOM{KCXX_EDOM};
inline constexpr Error ERANGE{KCXX_ERANGE};
inline constexpr Error EDEADLK{KCXX_EDEADLK};
inline constexpr Error ENAMETOOLONG{KCXX_ENAMETOOLONG};
inline constexpr Error ENOSYS{KCXX_ENOSYS};
inline constexpr Error ENOTEMPTY{KCXX_ENOTEMPTY};
inline constexpr Error ENODATA{KCXX_ENODATA};
inline constexpr Error ETIME{KCXX_ETIME};
inline constexpr Error EPROTO{KCXX_EPROTO};
inline constexpr Error EOVERFLOW{KCXX_EOVERFLOW};
inline constexpr Error EOPNOTSUPP{KCXX_EOPNOTSUPP};
inline constexpr Error ETIMEDOUT{KCXX_ETIMEDOUT};
inline constexpr Error EALREADY{KCXX_EALREADY};
inline constexpr Error EINPROGRESS{KCXX_EINPROGRESS};
inline constexpr Error ECANCELED{KCXX_ECANCELED};

/// Of system calls alone: user space sees EINTR, or the call is made again.
inline constexpr Error ERESTARTSYS{KCXX_ERESTARTSYS};

/// Of mount options alone: nobody knows this one. User space sees EINVAL.
inline constexpr Error ENOPARAM{KCXX_ENOPARAM};

/// A T or an Error: std::expected with all it offers, and a warning for whoever
/// ignores one. Return it as `return value;`, `return std::unexpected(ENOMEM);`
/// or, of Result<void>, `return {};`.
template <typename T = void>
class [[nodiscard]] Result : public std::expected<T, Error>
{
	using Base = std::expected<T, Error>;

public:
	using Base::Base; // NOLINT(*-rvalue-reference-param-not-moved): the base moves them

	/// What and_then(), transform() and their like return
	constexpr Result(Base &&base) : Base(std::move(base)) {}
};

/// A C function's return value: an Error if negative, else nothing
[[nodiscard]] constexpr Result<> to_result(int returned) noexcept
{
	if (returned < 0)
		return std::unexpected(Error{-returned});
	return {};
}

} // namespace kernel

/// The value of a Result; if it is an error, the calling function returns that.
///
///     Vec<int> numbers = KTRY(Vec<int>::with_capacity(3, GFP_KERNEL));
#define KTRY(expression)                                                                           \
	({                                                                                         \
		auto kcxx_result = (expression);                                                   \
		if (!kcxx_result) [[unlikely]]                                                     \
			return std::unexpected(kcxx_result.error());                               \
		*std::move(kcxx_result);                                                           \
	})
