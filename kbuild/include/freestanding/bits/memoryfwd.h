/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* libstdc++ 13 names std::allocator in headers of strings and streams, and declares it for user space alone. */
#pragma GCC system_header

#include <bits/c++config.h>
#if _GLIBCXX_RELEASE == 13
namespace std
{
template <typename T>
class allocator;
} // namespace std
#endif
#include_next <bits/memoryfwd.h>
