// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts about <linux/poll.h> that <kernel/poll.hpp> needs */

#include <linux/kbuild.h>
#include <linux/poll.h>

void kcxx_layout_poll(void);
void kcxx_layout_poll(void)
{
	COMMENT("poll");
	DEFINE(KCXX_EPOLLIN, (__force unsigned int)EPOLLIN);
	DEFINE(KCXX_EPOLLPRI, (__force unsigned int)EPOLLPRI);
	DEFINE(KCXX_EPOLLOUT, (__force unsigned int)EPOLLOUT);
	DEFINE(KCXX_EPOLLERR, (__force unsigned int)EPOLLERR);
	DEFINE(KCXX_EPOLLHUP, (__force unsigned int)EPOLLHUP);
	DEFINE(KCXX_EPOLLRDHUP, (__force unsigned int)EPOLLRDHUP);
	DEFINE(KCXX_EPOLLRDNORM, (__force unsigned int)EPOLLRDNORM);
	DEFINE(KCXX_EPOLLWRNORM, (__force unsigned int)EPOLLWRNORM);
}
