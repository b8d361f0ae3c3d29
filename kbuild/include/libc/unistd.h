/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Libraries ask here which functions of POSIX there are, as Boost does: none. */
