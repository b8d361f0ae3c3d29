// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Building blocks of C++ for the other headers. C API: <linux/list.h>.

#pragma once

#include <kernel/types/algobase.hpp>
#include <kernel/types/all.hpp>
#include <kernel/types/bcd.hpp>
#include <kernel/types/c_struct.hpp>
#include <kernel/types/callback.hpp>
#include <kernel/types/closure.hpp>
#include <kernel/types/constructed.hpp>
#include <kernel/types/consumed.hpp>
#include <kernel/types/endian.hpp>
#include <kernel/types/function_ref.hpp>
#include <kernel/types/functional.hpp>
#include <kernel/types/has_member.hpp>
#include <kernel/types/integers.hpp>
#include <kernel/types/lifetime.hpp>
#include <kernel/types/list.hpp>
#include <kernel/types/opaque.hpp>
#include <kernel/types/released.hpp>
#include <kernel/types/scope_guard.hpp>
#include <kernel/types/value_functions.hpp>
