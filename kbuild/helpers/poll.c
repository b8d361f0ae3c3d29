// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* <linux/poll.h> for <kernel/poll.hpp> */

#include <linux/poll.h>

void kcxx_poll_wait(struct file *file, struct wait_queue_head *queue,
		    struct poll_table_struct *table);
void kcxx_poll_wait(struct file *file, struct wait_queue_head *queue,
		    struct poll_table_struct *table)
{
	poll_wait(file, queue, table);
}
