// SPDX-License-Identifier: GPL-2.0-only OR MIT

#pragma once

#include <cstddef>

// The flags of KCXX_OPERATOR_NEW: each source of the module defines it in ../operator-new.h. 0 in a
// module without.
extern "C" const unsigned int kcxx_new_flags;

/// Returns memory by kmalloc() with these flags, or null.
void *kcxx_new(std::size_t size, std::size_t alignment) noexcept;
