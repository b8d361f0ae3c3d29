/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* libstdc++ 12 has no streams here, but includes this file with <iterator> or <string>. */
#include <bits/c++config.h>
#if _GLIBCXX_RELEASE >= 13
#include_next <bits/stream_iterator.h>
#else
#include <iosfwd>
#endif
