/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* std::stoi() and its like, which libstdc++ 12 leaves out then, read numbers with a C library. */
