/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The names of <cstdio> without std:: */
#include <cstdio>

using std::FILE;
using std::fflush;
using std::fprintf;
using std::fputc;
using std::fputs;
using std::fwrite;
using std::printf;
using std::putchar;
using std::puts;
