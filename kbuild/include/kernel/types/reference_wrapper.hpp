// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// std::reference_wrapper. A compiler takes four times as long for all of `<functional>`.
/// C API: none.

#pragma once

#include <bits/refwrap.h>
