// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// std::min(), std::max() and std::copy(). A compiler takes long for the sorts and searches of
/// `<algorithm>`. C API: none.

#pragma once

#include <bits/stl_algobase.h>
