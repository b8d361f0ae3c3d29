/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The names of <cstdlib> without std::
 */
#ifndef KCXX_STDLIB_H
#define KCXX_STDLIB_H

#pragma GCC system_header

#include <cstdlib>

using std::abort;
using std::abs;
using std::bsearch;
using std::calloc;
using std::div;
using std::div_t;
using std::free;
using std::labs;
using std::ldiv;
using std::ldiv_t;
using std::llabs;
using std::lldiv;
using std::lldiv_t;
using std::malloc;
using std::qsort;
using std::rand;
using std::realloc;

#endif
