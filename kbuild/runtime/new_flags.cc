// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include "new.hpp"

// A module that has the word KCXX_OPERATOR_NEW brings its own, and the linker does not take this
// object.
constinit const unsigned int kcxx_new_flags = 0;
