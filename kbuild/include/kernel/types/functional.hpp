// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// What the library uses of `<functional>`: calls of anything that can be called, std::less,
/// std::equal_to, std::reference_wrapper. All of `<functional>` has containers and searchers in it,
/// and a compiler takes longer for them than for most drivers. C API: none.

#pragma once

#include <bits/invoke.h>
#include <bits/refwrap.h>
#include <bits/stl_function.h>
#include <type_traits>
#include <utility>

namespace kernel::detail
{

/// std::invoke()
template <typename Callable, typename... Arguments>
[[gnu::always_inline]] constexpr std::invoke_result_t<Callable, Arguments...>
invoke(Callable &&callable, Arguments &&...arguments)
{
	return std::__invoke(std::forward<Callable>(callable),
			     std::forward<Arguments>(arguments)...);
}

/// std::invoke_r()
template <typename Value, typename Callable, typename... Arguments>
[[gnu::always_inline]] constexpr Value invoke_r(Callable &&callable, Arguments &&...arguments)
{
	return std::__invoke_r<Value>(std::forward<Callable>(callable),
				      std::forward<Arguments>(arguments)...);
}

} // namespace kernel::detail
