/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* How strings get into streams: libstdc++ 12 has no streams here, but includes this file with
 * <string_view>. */
#include <bits/c++config.h>
#if _GLIBCXX_RELEASE >= 13
#include_next <bits/ostream_insert.h>
#endif
