/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Each header of libstdc++ 13 and newer that is for user space includes this file, and so do
 * those beside this directory: libstdc++ 12 would let the containers pass, libstdc++ 13 and
 * newer <memory>, whose std::unique_ptr is made of plain new and delete. An #error would be one
 * of many; a header that is not there ends the compilation. remedies.tsv has what to write
 * instead.
 */
#ifndef KCXX_WITHIN_STD /* <charconv>, <chrono> and <random> of this directory, which work nevertheless */
#include <needs-an-operating-system>
#endif
