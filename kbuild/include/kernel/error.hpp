// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Errors, and results that may be errors. C API: <linux/errno.h>.

#pragma once

#include <concepts>
#include <expected>
#include <type_traits>
#include <utility>

#include <generated/bindings/error.hpp>
#include <kernel/bug.hpp>
#include <kernel/types/constructed.hpp>

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

	/// The errno as a C function returns it: negative
	[[nodiscard]] constexpr int to_errno() const noexcept { return -number_; }

	/// The error as a C function returns it in place of a pointer: ERR_PTR() in C
	template <typename T>
	[[nodiscard]] T *to_pointer() const noexcept
	{
		return reinterpret_cast<T *>(static_cast<long>(-number_));
	}

	/// Converts a C function's return value: the error that is in place of a pointer, else
	/// the pointer, which may be null. IS_ERR() and PTR_ERR() in C.
	///
	///     ::dentry *entry = KTRY(Error::from_pointer(c_function()));
	template <typename T>
	[[nodiscard]] static Result<T *> from_pointer(T *pointer)
	{
		const auto number = reinterpret_cast<unsigned long>(pointer);
		if (number >= -static_cast<unsigned long>(KCXX_MAX_ERRNO)) [[unlikely]]
			return Error{static_cast<int>(-number)};
		return pointer;
	}

	/// The form in C: `return -ENOMEM;`, `if (status == -EAGAIN)`
	friend constexpr int operator-(Error error) noexcept { return error.to_errno(); }

	/// True for the same errno.
	friend constexpr bool operator==(Error, Error) = default;

private:
	template <typename T>
	friend class Result;

	int number_;
};

inline constexpr Error EPERM{KCXX_EPERM};               ///< the operation is not permitted
inline constexpr Error ENOENT{KCXX_ENOENT};             ///< there is no such file or entry
inline constexpr Error EINTR{KCXX_EINTR};               ///< a signal interrupted the call
inline constexpr Error EIO{KCXX_EIO};                   ///< the device failed to read or write
inline constexpr Error ENXIO{KCXX_ENXIO};               ///< there is no such device or address
inline constexpr Error E2BIG{KCXX_E2BIG};               ///< the list of arguments is too long
inline constexpr Error EBADF{KCXX_EBADF};               ///< the file descriptor is bad
inline constexpr Error EAGAIN{KCXX_EAGAIN};             ///< the call would wait: try again
inline constexpr Error ENOMEM{KCXX_ENOMEM};             ///< there is no memory
inline constexpr Error EACCES{KCXX_EACCES};             ///< permissions deny the access
inline constexpr Error EFAULT{KCXX_EFAULT};             ///< the address of user space is bad
inline constexpr Error EBUSY{KCXX_EBUSY};               ///< the device or resource is busy
inline constexpr Error EEXIST{KCXX_EEXIST};             ///< the file or entry exists
inline constexpr Error EXDEV{KCXX_EXDEV};               ///< the link crosses file systems
inline constexpr Error ENODEV{KCXX_ENODEV};             ///< there is no such device
inline constexpr Error ENOTDIR{KCXX_ENOTDIR};           ///< it is no directory
inline constexpr Error EISDIR{KCXX_EISDIR};             ///< it is a directory
inline constexpr Error EINVAL{KCXX_EINVAL};             ///< an argument is invalid
inline constexpr Error ENFILE{KCXX_ENFILE};             ///< the system has too many open files
inline constexpr Error EMFILE{KCXX_EMFILE};             ///< the task has too many open files
inline constexpr Error ENOTTY{KCXX_ENOTTY};             ///< the device does not have this ioctl()
inline constexpr Error EFBIG{KCXX_EFBIG};               ///< the file is too large
inline constexpr Error ENOSPC{KCXX_ENOSPC};             ///< there is no space on the device
inline constexpr Error ESPIPE{KCXX_ESPIPE};             ///< the file cannot seek
inline constexpr Error EROFS{KCXX_EROFS};               ///< the file system is read-only
inline constexpr Error EPIPE{KCXX_EPIPE};               ///< the pipe has no reader
inline constexpr Error EDOM{KCXX_EDOM};                 ///< an argument is out of the domain
inline constexpr Error ERANGE{KCXX_ERANGE};             ///< the result is out of range
inline constexpr Error EDEADLK{KCXX_EDEADLK};           ///< the wait would be a deadlock
inline constexpr Error ENAMETOOLONG{KCXX_ENAMETOOLONG}; ///< the name is too long
inline constexpr Error ENOSYS{KCXX_ENOSYS};             ///< the function is not implemented
inline constexpr Error ENOTEMPTY{KCXX_ENOTEMPTY};       ///< the directory is not empty
inline constexpr Error ENODATA{KCXX_ENODATA};           ///< there is no data
inline constexpr Error ETIME{KCXX_ETIME};               ///< a timer expired
inline constexpr Error EPROTO{KCXX_EPROTO};             ///< the protocol was violated
inline constexpr Error EOVERFLOW{KCXX_EOVERFLOW};       ///< the value is too large for its type
inline constexpr Error EOPNOTSUPP{KCXX_EOPNOTSUPP};     ///< the operation is not supported
inline constexpr Error ETIMEDOUT{KCXX_ETIMEDOUT};       ///< the wait timed out
inline constexpr Error EALREADY{KCXX_EALREADY};         ///< the operation runs already
inline constexpr Error EINPROGRESS{KCXX_EINPROGRESS};   ///< the operation runs now
inline constexpr Error ECANCELED{KCXX_ECANCELED};       ///< the operation was cancelled

/// For system calls alone: user space sees EINTR, or the kernel restarts the call.
inline constexpr Error ERESTARTSYS{KCXX_ERESTARTSYS};
inline constexpr Error EPROBE_DEFER{
	KCXX_EPROBE_DEFER}; ///< probe() is to be called again later: a supplier is missing

/// For mount options alone: the option is unknown. User space sees EINVAL.
inline constexpr Error ENOPARAM{KCXX_ENOPARAM};

namespace detail
{

/// The type that KTRY() returns: an error of any Result. It is a type of its own, because a
/// lambda without a return type deduces it; kbuild/remedies.tsv explains the error that
/// follows. It neither copies nor moves, so that no T is made of one in place of a Result<T>.
class TriedAndFailed : public std::unexpected<Error>
{
public:
	constexpr explicit TriedAndFailed(Error error) noexcept : std::unexpected<Error>(error) {}
	TriedAndFailed(const TriedAndFailed &) = delete;
	TriedAndFailed &operator=(const TriedAndFailed &) = delete;
	~TriedAndFailed() = default;

	// After that error GCC continues with a lambda that returns this type. The declarations
	// below, without bodies, only prevent further errors where the lambda returns and where
	// it is called.
	template <typename Other>
	explicit TriedAndFailed(const Other &other);

	struct Value {
		template <typename T>
		operator T() const; // NOLINT(*-explicit-*)
	};
	bool operator!() const;
	Value operator*() const;
};

/// True if an int may become a T: a number, but no bool, since -EINVAL would become true
template <typename T>
inline constexpr bool is_number = std::is_arithmetic_v<T> && !std::is_same_v<T, bool>;

/// The types in which C functions return a value or a negative errno
template <typename T>
inline constexpr bool is_c_integer =
	std::is_same_v<T, int> || std::is_same_v<T, long> || std::is_same_v<T, long long>;

/// True if a C function may return a U: one of these types, or an enum of C
template <typename U>
inline constexpr bool is_c_return =
	is_c_integer<U> || (std::is_enum_v<U> && std::is_convertible_v<U, int>);

/// True if a U is a value for a Result<T>, and no other constructor is for U
template <typename T, typename U>
inline constexpr bool is_value =
	!std::is_same_v<U, std::in_place_t> && !std::is_same_v<U, std::unexpect_t> &&
	!std::is_same_v<U, Error> && !std::is_base_of_v<std::unexpected<Error>, U> &&
	!std::is_base_of_v<std::expected<T, Error>, U> &&
	(!is_c_return<U> || (std::is_enum_v<U> && std::is_same_v<U, T>));

template <typename U>
inline constexpr bool is_result = false;

template <typename T>
inline constexpr bool is_result<Result<T>> = true;

/// Tag of the Result that make_then() returns
struct Then {
};

/// Result<T>::and_then(), of a Result that is const, or moves
template <typename R, typename Next>
constexpr auto and_then(R &&result, Next &&next)
	-> decltype(std::forward<Next>(next)(*std::forward<R>(result)))
{
	if (!result.has_value())
		return result.error();
	return std::forward<Next>(next)(*std::forward<R>(result));
}

/// Result<T>::transform(), likewise
template <typename R, typename Make>
constexpr auto transform(R &&result, Make &&make)
{
	using Made = decltype(std::forward<Make>(make)(*std::forward<R>(result)));
	using Transformed = Result<std::remove_cv_t<Made>>;
	if (!result.has_value())
		return Transformed{result.error()};
	if constexpr (std::is_void_v<Made>) {
		std::forward<Make>(make)(*std::forward<R>(result));
		return Transformed{};
	} else {
		return Transformed{std::in_place,
				   std::forward<Make>(make)(*std::forward<R>(result))};
	}
}

/// This function is not constexpr: a constant that is no success of a Result ends the
/// compilation here
void negative_or_too_large_for_this_result() KCXX_EFFECT_(nonblocking);

} // namespace detail

/// A T or an Error: std::expected with all its members, and a warning if a caller ignores one.
/// Return it as `return value;`, `return ENOMEM;` or, for Result<void>, `return {};`.
/// `return {std::in_place, …};` makes the T in its final place, from arguments of its
/// constructor.
///
/// An int may be a value, and may be an errno of C: no int becomes a success by itself, except
/// a constant that is not negative. `return from_c(c_function());` converts a return value of
/// C; `return {std::in_place, number};` states that the number is a value, negative or not.
template <typename T>
class [[nodiscard]] Result : public std::expected<T, Error>
{
	static_assert(!std::is_same_v<std::remove_cv_t<T>, Error>,
		      "kcxx-E1326: a Result<Error> would not know its value from its error: write "
		      "Result<>");

	using Base = std::expected<T, Error>;

public:
	constexpr Result() = default;

	/// A success with the value `value`.
	template <typename U = T>
		requires(detail::is_value<T, std::remove_cvref_t<U>> &&
			 std::is_constructible_v<Base, U>)
	constexpr explicit(!std::is_convertible_v<U, Base>) Result(U &&value)
	    : Base(std::forward<U>(value))
	{
	}

	/// A constant
	template <typename U>
		requires(detail::is_c_return<U> && detail::is_number<T>)
	consteval Result(U value) : Base(std::in_place, static_cast<T>(value))
	{
		if (value < 0 || static_cast<U>(static_cast<T>(value)) != value ||
		    static_cast<T>(value) < 0)
			detail::negative_or_too_large_for_this_result();
	}

	template <typename U>
		requires(detail::is_c_return<U> && !detail::is_number<T> && !std::is_same_v<T, U> &&
			 std::is_constructible_v<T, U>)
	Result(U value) = delete;

	/// Makes the T of `arguments` in place, so that it does not move
	template <typename... Arguments>
		requires std::is_constructible_v<T, Arguments...>
	constexpr Result(std::in_place_t place, Arguments &&...arguments)
	    : Base(place, std::forward<Arguments>(arguments)...)
	{
	}

	/// make_then() of <kernel/types/all.hpp>
	template <typename Step, typename... Arguments>
	constexpr Result(detail::Then /*tag*/, Step &&step, Arguments &&...arguments)
	    : Base(std::in_place, std::forward<Arguments>(arguments)...)
	{
		const auto done = [&] {
			if constexpr (std::is_member_function_pointer_v<std::decay_t<Step>>)
				return ((**this).*step)();
			else
				return std::forward<Step>(step)(**this);
		}();
		if (!done) [[unlikely]]
			Base::operator=(std::unexpected(done.error()));
	}

	/// A failure: `return ENOMEM;`.
	constexpr Result(Error error) : Base(std::unexpect, error) {}
	/// A failure, from std::unexpected.
	constexpr Result(const std::unexpected<Error> &error) : Base(std::unexpect, error.error())
	{
	}
	/// A failure, as std::expected constructs it.
	constexpr Result(std::unexpect_t /*failure*/, Error error) : Base(std::unexpect, error) {}

	/// Converts a result of and_then(), transform() and similar functions
	constexpr Result(Base &&base) : Base(std::move(base)) {}

	/// Converts what KTRY() returns
	constexpr Result(const detail::TriedAndFailed &failure)
	    : Base(std::unexpect, failure.error())
	{
	}

	/// After a success, returns the Result of `next`, which takes the value
	template <typename Next>
	constexpr auto and_then(Next &&next) &
	{
		return detail::and_then(*this, std::forward<Next>(next));
	}
	/// As above.
	template <typename Next>
	constexpr auto and_then(Next &&next) const &
	{
		return detail::and_then(*this, std::forward<Next>(next));
	}
	/// As above; the value moves into `next`.
	template <typename Next>
	constexpr auto and_then(Next &&next) &&
	{
		return detail::and_then(std::move(*this), std::forward<Next>(next));
	}

	/// After a success, returns a Result with the value that `make` makes of the value
	template <typename Make>
	constexpr auto transform(Make &&make) &
	{
		return detail::transform(*this, std::forward<Make>(make));
	}
	/// As above.
	template <typename Make>
	constexpr auto transform(Make &&make) const &
	{
		return detail::transform(*this, std::forward<Make>(make));
	}
	/// As above; the value moves into `make`.
	template <typename Make>
	constexpr auto transform(Make &&make) &&
	{
		return detail::transform(std::move(*this), std::forward<Make>(make));
	}

	/// After a failure, returns the Result that `next` makes of the Error, else a copy of this
	/// one
	template <typename Next>
	constexpr Result or_else(Next &&next) const &
	{
		return *this ? *this : Result{std::forward<Next>(next)(this->error())};
	}
	/// After a failure, returns the Result that `next` makes of the Error, else this one, moved
	template <typename Next>
	constexpr Result or_else(Next &&next) &&
	{
		return *this ? std::move(*this) : Result{std::forward<Next>(next)(this->error())};
	}

	/// After a failure, returns a failure with the Error that `make` makes of the Error, else a
	/// copy of this one
	template <typename Make>
	constexpr Result transform_error(Make &&make) const &
	{
		return *this ? *this : Result{std::forward<Make>(make)(this->error())};
	}
	/// After a failure, returns a failure with the Error that `make` makes of the Error, else
	/// this one, moved
	template <typename Make>
	constexpr Result transform_error(Make &&make) &&
	{
		return *this ? std::move(*this) : Result{std::forward<Make>(make)(this->error())};
	}

	/// Returns the error, or `otherwise` for a success.
	[[nodiscard]] constexpr Error error_or(Error otherwise) const
	{
		return *this ? otherwise : this->error();
	}

	// Comparisons as std::expected's, which take the other side for a Result as well: compilers
	// warn of two that fit.
	/// True for a success whose value equals `value`.
	template <typename U>
		requires(!std::is_base_of_v<std::unexpected<Error>, U> && !detail::is_result<U> &&
			 requires(const T &own, const U &other) {
				 { own == other } -> std::convertible_to<bool>;
			 })
	[[nodiscard]] friend constexpr bool operator==(const Result &result, const U &value)
	{
		return result.has_value() && *result == value;
	}
	/// True for a failure with that error.
	[[nodiscard]] friend constexpr bool operator==(const Result &result,
						       const std::unexpected<Error> &failure)
	{
		return !result.has_value() && result.error() == failure.error();
	}
	/// True for two successes with equal values, and two failures with one error.
	[[nodiscard]] friend constexpr bool operator==(const Result &one, const Result &other)
		requires std::equality_comparable<T>
	{
		if (one.has_value() && other.has_value())
			return *one == *other;
		return one.has_value() == other.has_value() && one.error() == other.error();
	}
};

/// Success or an Error: like std::expected<void, Error>, but in a register, as C's int
template <>
class [[nodiscard]] Result<void>
{
public:
	/// As std::expected's.
	using value_type = void;
	/// As std::expected's.
	using error_type = Error;
	/// As std::expected's.
	using unexpected_type = std::unexpected<Error>;

	constexpr Result() noexcept = default;
	/// A success.
	constexpr explicit Result(std::in_place_t /*success*/) noexcept {}
	/// A failure: `return ENOMEM;`.
	constexpr Result(Error error) noexcept : error_{error.number_} {}
	/// A failure, from std::unexpected.
	constexpr Result(const std::unexpected<Error> &error) noexcept
	    : error_{error.error().number_}
	{
	}
	/// A failure, as std::expected constructs it.
	constexpr Result(std::unexpect_t /*failure*/, Error error) noexcept : error_{error.number_}
	{
	}

	/// Converts a result of and_then(), transform() and similar functions
	constexpr Result(const std::expected<void, Error> &other) noexcept
	    : error_{other ? 0 : other.error().number_}
	{
	}

	/// True for a success.
	[[nodiscard]] constexpr bool has_value() const noexcept { return error_ == 0; }
	/// True for a success.
	[[nodiscard]] constexpr explicit operator bool() const noexcept { return has_value(); }

	/// Does nothing: for code that works on any Result, such as KTRY()
	constexpr void operator*() const noexcept {}

	/// Returns the error; BUG()s on a success
	[[nodiscard]] constexpr Error error() const
	{
		if (error_ == 0) [[unlikely]]
			bug("Result: error() of a success");
		Error error = EPERM;
		error.number_ = error_;
		return error;
	}
	/// Returns the error, or `otherwise` for a success.
	[[nodiscard]] constexpr Error error_or(Error otherwise) const
	{
		return has_value() ? otherwise : error();
	}

	/// After a success, returns the Result of `next`
	template <typename Next>
	constexpr auto and_then(Next &&next) const -> decltype(std::forward<Next>(next)())
	{
		if (!has_value())
			return error();
		return std::forward<Next>(next)();
	}

	/// After a failure, returns the Result<> that `next` makes of the Error
	template <typename Next>
	constexpr Result or_else(Next &&next) const
	{
		return has_value() ? Result{} : Result{std::forward<Next>(next)(error())};
	}

	/// After a failure, returns a failure with the Error that `make` makes of the Error
	template <typename Make>
	constexpr Result transform_error(Make &&make) const
	{
		return has_value() ? Result{} : Result{Error{std::forward<Make>(make)(error())}};
	}

	/// After a success, returns a Result with the value of `make`
	template <typename Make>
	constexpr auto transform(Make &&make) const -> Result<decltype(std::forward<Make>(make)())>
	{
		if (!has_value())
			return error();
		if constexpr (std::is_void_v<decltype(std::forward<Make>(make)())>) {
			std::forward<Make>(make)();
			return {};
		} else {
			return {std::in_place, std::forward<Make>(make)()};
		}
	}

	/// True for two successes, or the same error.
	friend constexpr bool operator==(Result, Result) = default;
	/// True for a failure with that error.
	friend constexpr bool operator==(Result result, const std::unexpected<Error> &error)
	{
		return result.error_ == -error.error().to_errno();
	}

private:
	int error_ = 0; // an errno, positive
};

/// Converts a C function's return value: an Error if negative, else a success
[[nodiscard]] constexpr Result<> to_result(int returned) noexcept
{
	if (returned < 0)
		return Error{-returned};
	return {};
}

/// Converts a C function's return value: an Error if negative, else the value. Takes an int, a
/// long or a long long.
///
///     const int line = KTRY(from_c(c_function()));
template <typename T>
	requires detail::is_c_integer<T>
[[nodiscard]] constexpr Result<T> from_c(T returned)
{
	if (returned < -KCXX_MAX_ERRNO)
		bug("from_c(): not an errno");
	if (returned < 0)
		return Error{static_cast<int>(-returned)};
	return {std::in_place, returned};
}

/// Converts a callback's result for C: 0, or the negative errno
[[nodiscard]] constexpr int to_c(Result<> result)
{
	return result ? 0 : result.error().to_errno();
}

/// Converts a callback's result for C: the value, or the negative errno; BUG()s at a value that
/// C would take for an errno
template <std::integral T>
[[nodiscard]] constexpr auto to_c(const Result<T> &result)
{
	using Returned = std::common_type_t<int, std::make_signed_t<decltype(T{} + 0)>>;
	if (!result)
		return static_cast<Returned>(result.error().to_errno());
	if (!std::in_range<Returned>(*result + 0) || static_cast<Returned>(*result) < 0)
		bug("to_c(): the value is not one that C takes for a success");
	return static_cast<Returned>(*result);
}

} // namespace kernel

#ifdef __clang__
// KTRY() is a statement where its value is of no use; libstdc++ wants the value to be used.
#define KCXX_UNUSED_VALUE_BEGIN                                                                    \
	_Pragma("clang diagnostic push") _Pragma("clang diagnostic ignored \"-Wunused-result\"")
#define KCXX_UNUSED_VALUE_END _Pragma("clang diagnostic pop")
#else
#define KCXX_UNUSED_VALUE_BEGIN
#define KCXX_UNUSED_VALUE_END
#endif

/// The value of a Result; on an error, the calling function returns that error. A lambda names
/// its return type: `[…]() -> kernel::Result<T> { … }`.
///
/// Use it as a statement, an operand or an argument. Do not use it after an element of { … },
/// or after a capture, that may be an object: GCC would not destroy the object, so kcxx refuses
/// such a place. `{std::in_place, KTRY(a()), KTRY(b())}`, the arguments of a constructor, is
/// allowed. all() of <kernel/types/all.hpp> makes an object of several parts.
///
///     Vec<int> numbers = KTRY(Vec<int>::with_capacity(3, GFP_KERNEL));
#define KTRY(expression)                                                                           \
	__extension__({                                                                            \
		auto kcxx_result KCXX_CONSTRUCTED = (expression);                                  \
		if (!kcxx_result) [[unlikely]]                                                     \
			return ::kernel::detail::TriedAndFailed(kcxx_result.error());              \
		KCXX_UNUSED_VALUE_BEGIN *std::move(kcxx_result);                                   \
		KCXX_UNUSED_VALUE_END                                                              \
	})
