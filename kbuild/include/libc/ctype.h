/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The characters of ASCII: the kernel has no locale.
 */
#ifndef KCXX_CTYPE_H
#define KCXX_CTYPE_H

#pragma GCC system_header

#include <cctype>

using std::isalnum;
using std::isalpha;
using std::isblank;
using std::iscntrl;
using std::isdigit;
using std::isgraph;
using std::islower;
using std::isprint;
using std::ispunct;
using std::isspace;
using std::isupper;
using std::isxdigit;
using std::tolower;
using std::toupper;

#endif
