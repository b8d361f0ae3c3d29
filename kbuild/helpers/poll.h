/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* For <kernel/fs/poll.hpp> */

#include <linux/poll.h>

/* Macros */
static const unsigned int KCXX_EPOLLIN = (__force unsigned int)EPOLLIN;
static const unsigned int KCXX_EPOLLPRI = (__force unsigned int)EPOLLPRI;
static const unsigned int KCXX_EPOLLOUT = (__force unsigned int)EPOLLOUT;
static const unsigned int KCXX_EPOLLERR = (__force unsigned int)EPOLLERR;
static const unsigned int KCXX_EPOLLHUP = (__force unsigned int)EPOLLHUP;
static const unsigned int KCXX_EPOLLRDHUP = (__force unsigned int)EPOLLRDHUP;
static const unsigned int KCXX_EPOLLRDNORM = (__force unsigned int)EPOLLRDNORM;
static const unsigned int KCXX_EPOLLWRNORM = (__force unsigned int)EPOLLWRNORM;
