// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// References to functions, lambdas and other callables, for parameters. C API: none; C passes a
/// function and a void * for its data.

#pragma once

#include <type_traits>
#include <utility>

#include <kernel/types/functional.hpp>
#include <kernel/types/lifetime.hpp>

namespace kernel
{

/// A reference to a callable, as `FunctionRef<void(int)>`: std::function_ref of C++26.
template <typename Signature>
class FunctionRef;

/// A reference to anything that can be called with `Arguments` and returns a `Value`. It owns
/// nothing and allocates nothing: two pointers, which are copied. It lets a function that takes a
/// callable stand in a source file, where a template would stand in a header.
///
///     void for_each_port(kernel::FunctionRef<void(Port &)> visit);
///     for_each_port([&count](Port &) { ++count; });
///
/// A reference to a lambda ends with the lambda: keep a Closure, or the callable itself, where a
/// call comes later. Context of a call: that of the callable.
template <typename Value, typename... Arguments>
class FunctionRef<Value(Arguments...)>
{
	template <typename Callable>
	static constexpr bool is_object = !std::is_function_v<Callable> &&
					  !std::is_function_v<std::remove_pointer_t<Callable>> &&
					  !std::is_same_v<std::remove_cv_t<Callable>, FunctionRef>;

	template <typename Callable>
	static constexpr bool fits = std::is_invocable_r_v<Value, Callable &, Arguments...>;

	template <typename Callable>
	static Value call_object(void *bound, Arguments... arguments)
	{
		// SAFETY: the constructor took the address of a Callable.
		auto &callable = *static_cast<Callable *>(bound);
		return detail::invoke_r<Value>(callable, std::forward<Arguments>(arguments)...);
	}

	template <typename Function>
	static Value call_function(void *bound, Arguments... arguments)
	{
		// SAFETY: the constructor took the address of a Function.
		auto *function = reinterpret_cast<Function *>(bound);
		return detail::invoke_r<Value>(*function, std::forward<Arguments>(arguments)...);
	}

public:
	/// It stays where it was made: see Send.
	static constexpr bool is_send = false;

	/// Refers to `callable`, which stays the caller's and must live as long as the reference
	/// is called.
	template <typename Callable>
		requires(is_object<std::remove_reference_t<Callable>> &&
			 fits<std::remove_reference_t<Callable>>)
	// NOLINTNEXTLINE(*-missing-std-forward): the object stays the caller's
	constexpr FunctionRef(Callable &&callable KCXX_LIFETIMEBOUND) noexcept
	    : // SAFETY: call_object() casts it back to what it was, const if it was.
	      // NOLINTNEXTLINE(*-const-cast)
	      bound_{const_cast<void *>(
		      static_cast<const volatile void *>(std::addressof(callable)))},
	      call_{call_object<std::remove_reference_t<Callable>>}
	{
	}

	/// Refers to `function`, which is not null.
	template <typename Function>
		requires(std::is_function_v<Function> && fits<Function>)
	FunctionRef(Function *function) noexcept
	    : // SAFETY: call_function() casts it back before the call.
	      bound_{reinterpret_cast<void *>(function)}, call_{call_function<Function>}
	{
	}

	/// Calls what this refers to, and returns what that returns.
	Value operator()(Arguments... arguments) const
	{
		return call_(bound_, std::forward<Arguments>(arguments)...);
	}

private:
	void *bound_;
	Value (*call_)(void *, Arguments...);
};

} // namespace kernel
