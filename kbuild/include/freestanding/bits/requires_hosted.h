/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Each header of libstdc++ 13 and newer that is for user space includes this file, and so do
 * those beside this directory: libstdc++ 12 would let the containers pass, libstdc++ 13 and
 * newer <memory>, whose std::unique_ptr is made of plain new and delete. An #error would be one
 * of many; a header that is not there ends the compilation. remedies.tsv has what to write
 * instead.
 *
 * KCXX_WITHIN_STD: <charconv>, <chrono> and <random> of this directory work nevertheless. KCXX_HOSTED_HEADERS: a
 * project defines it for a library that includes such headers and uses nothing of them that allocates.
 */
#if !defined(KCXX_WITHIN_STD) && !defined(KCXX_HOSTED_HEADERS)
#include <needs-an-operating-system>
#endif
