// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Errors, and results that may be errors. C API: <linux/errno.h>.

#pragma once

#include <expected>
#include <type_traits>
#include <utility>

#include <generated/kcxx-layout.h>
#include <kernel/bug.hpp>

namespace kernel
{

template <typename T = void>
class Result;

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
	template <typename T>
	friend class Result;

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

namespace detail
{

/// What KTRY() returns: an error of any Result. A type of its own, for a lambda without a
/// return type takes it from here; kbuild/remedies.tsv explains the error that follows.
/// Neither copied nor moved, so that no T is made of one in place of a Result<T>.
class TriedAndFailed : public std::unexpected<Error>
{
public:
	constexpr explicit TriedAndFailed(Error error) noexcept : std::unexpected<Error>(error) {}
	TriedAndFailed(const TriedAndFailed &) = delete;
	TriedAndFailed &operator=(const TriedAndFailed &) = delete;
	~TriedAndFailed() = default;

	// After that error GCC goes on with a lambda that returns this; without a body, they only
	// keep it from further errors, where the lambda returns and where it is called.
	template <typename Other>
	explicit TriedAndFailed(const Other &other);

	struct Value {
		template <typename T>
		operator T() const; // NOLINT(*-explicit-*)
	};
	bool operator!() const;
	Value operator*() const;
};

} // namespace detail

/// A T or an Error: std::expected with all it offers, and a warning for whoever
/// ignores one. Return it as `return value;`, `return std::unexpected(ENOMEM);`
/// or, of Result<void>, `return {};`.
template <typename T>
class [[nodiscard]] Result : public std::expected<T, Error>
{
	using Base = std::expected<T, Error>;

public:
	using Base::Base; // NOLINT(*-rvalue-reference-param-not-moved): the base moves them

	/// What and_then(), transform() and their like return
	constexpr Result(Base &&base) : Base(std::move(base)) {}

	/// What KTRY() returns
	constexpr Result(const detail::TriedAndFailed &failure)
	    : Base(std::unexpect, failure.error())
	{
	}
};

/// Success or an Error, as a std::expected<void, Error>: but in a register, as C's int
template <>
class [[nodiscard]] Result<void>
{
public:
	using value_type = void;
	using error_type = Error;
	using unexpected_type = std::unexpected<Error>;

	constexpr Result() noexcept = default;
	constexpr explicit Result(std::in_place_t /*success*/) noexcept {}
	constexpr Result(const std::unexpected<Error> &error) noexcept
	    : error_{error.error().number_}
	{
	}
	constexpr Result(std::unexpect_t /*failure*/, Error error) noexcept : error_{error.number_}
	{
	}

	/// What and_then(), transform() and their like return
	constexpr Result(const std::expected<void, Error> &other) noexcept
	    : error_{other ? 0 : other.error().number_}
	{
	}

	[[nodiscard]] constexpr bool has_value() const noexcept { return error_ == 0; }
	[[nodiscard]] constexpr explicit operator bool() const noexcept { return has_value(); }

	/// Nothing: for what works on any Result, as KTRY()
	constexpr void operator*() const noexcept {}

	/// Why it failed; BUG()s if it did not
	[[nodiscard]] constexpr Error error() const
	{
		if (error_ == 0) [[unlikely]]
			bug("Result: error() of a success");
		Error error = EPERM;
		error.number_ = error_;
		return error;
	}
	[[nodiscard]] constexpr Error error_or(Error otherwise) const
	{
		return has_value() ? otherwise : error();
	}

	/// What `next` returns, a Result, after a success
	template <typename Next>
	constexpr auto and_then(Next &&next) const -> decltype(std::forward<Next>(next)())
	{
		if (!has_value())
			return std::unexpected(error());
		return std::forward<Next>(next)();
	}

	/// What `next` returns of the Error, a Result<>, after a failure
	template <typename Next>
	constexpr Result or_else(Next &&next) const
	{
		return has_value() ? Result{} : Result{std::forward<Next>(next)(error())};
	}

	/// A Result with what `make` returns, after a success
	template <typename Make>
	constexpr auto transform(Make &&make) const -> Result<decltype(std::forward<Make>(make)())>
	{
		if (!has_value())
			return std::unexpected(error());
		if constexpr (std::is_void_v<decltype(std::forward<Make>(make)())>) {
			std::forward<Make>(make)();
			return {};
		} else {
			return std::forward<Make>(make)();
		}
	}

	friend constexpr bool operator==(Result, Result) = default;
	friend constexpr bool operator==(Result result, const std::unexpected<Error> &error)
	{
		return result.error_ == -error.error().to_errno();
	}

private:
	int error_ = 0; // an errno, positive
};

/// A C function's return value: an Error if negative, else nothing
[[nodiscard]] constexpr Result<> to_result(int returned) noexcept
{
	if (returned < 0)
		return std::unexpected(Error{-returned});
	return {};
}

} // namespace kernel

/// The value of a Result; if it is an error, the calling function returns that. A lambda
/// names its return type: `[…]() -> kernel::Result<T> { … }`.
///
///     Vec<int> numbers = KTRY(Vec<int>::with_capacity(3, GFP_KERNEL));
#define KTRY(expression)                                                                           \
	({                                                                                         \
		auto kcxx_result = (expression);                                                   \
		if (!kcxx_result) [[unlikely]]                                                     \
			return ::kernel::detail::TriedAndFailed(kcxx_result.error());              \
		*std::move(kcxx_result);                                                           \
	})
