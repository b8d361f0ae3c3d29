// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: case\.cc:\d+: kcxx: kcxx has a class of this name, which using namespace kernel brings in\n
// errors: 1
#include <kernel/prelude.hpp>

using namespace kernel;

struct Error {
	int number;
};

#ifdef REFUSED
extern Error last_error;
#else
extern ::Error last_error;
#endif
