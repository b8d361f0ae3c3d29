// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Unit tests that run in the kernel. C API: <kunit/test.h>.

#pragma once

#include <kernel/testing/kunit.hpp>
#include <kernel/testing/kunit_expect.hpp>
#include <kernel/testing/kunit_test.hpp>
