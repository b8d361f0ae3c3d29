/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The functions that libstdc++ calls where it would throw, as in std::array's at() and
 * std::string_view's substr(): a BUG(), as in <bits/c++config.h> beside this file. Inline, so
 * that the trap is where objtool sees it.
 */
#ifndef KCXX_FUNCTEXCEPT_H
#define KCXX_FUNCTEXCEPT_H

#pragma GCC system_header

#include <bits/c++config.h>

#define KCXX_THROWS(name)                                                                          \
	template <typename... Details>                                                             \
	[[noreturn, __gnu__::__always_inline__]] inline void __throw_##name(Details...)        \
	{                                                                                          \
		__builtin_abort();                                                                 \
	}

namespace std
{

KCXX_THROWS(bad_alloc)
KCXX_THROWS(bad_array_new_length)
KCXX_THROWS(bad_function_call)
KCXX_THROWS(domain_error)
KCXX_THROWS(invalid_argument)
KCXX_THROWS(length_error)
KCXX_THROWS(logic_error)
KCXX_THROWS(out_of_range)
KCXX_THROWS(out_of_range_fmt)
KCXX_THROWS(overflow_error)
KCXX_THROWS(range_error)
KCXX_THROWS(runtime_error)
KCXX_THROWS(underflow_error)

} // namespace std

#undef KCXX_THROWS

#endif
