/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Included by each header of libstdc++ 13 and newer that is for user space, and by those beside
 * this directory, which libstdc++ 12 would let pass. An #error would be one of many; a header
 * that is not there ends the compilation. remedies.tsv has what to write instead.
 */
#include <needs-an-operating-system>
