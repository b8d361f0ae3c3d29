// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <new>

// The argument of new (std::nothrow)
const std::nothrow_t std::nothrow{};
