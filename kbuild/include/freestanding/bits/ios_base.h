/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* There are no streams. <random> of libstdc++ 16 names these members in templates that no code instantiates. */
#ifndef KCXX_IOS_BASE_H
#define KCXX_IOS_BASE_H

#pragma GCC system_header

#include <bits/requires_hosted.h>

namespace std
{

class ios_base
{
public:
	using fmtflags = int;
	static constexpr fmtflags dec = 0, fixed = 0, left = 0, skipws = 0;
};

} // namespace std

#endif
