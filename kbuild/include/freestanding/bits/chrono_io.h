/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* No streams, and no std::format() without memory: <chrono> of libstdc++ 13 and newer would print its types by them. */
