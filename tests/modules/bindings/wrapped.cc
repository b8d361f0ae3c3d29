// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Inline functions that C++ cannot take: they are called in C.

#define pr_fmt(fmt) "wrapped: " fmt

#include <linux/fs.h>
#include <linux/module.h>
#include <linux/rculist.h>

struct thing {
	int value;
	struct hlist_node node;
};

static unsigned long bits[4];
static struct hlist_head head;
static thing one{.value = 7};

static int __init start()
{
	const int was = test_and_set_bit_le(65, bits);
	hlist_add_head_rcu(&one.node, &head);
	pr_info("was %d now %d first %d\n", was, test_bit_le(65, bits),
		hlist_entry(head.first, struct thing, node)->value);
	hlist_del_rcu(&one.node);
	pr_info("empty %d\n", hlist_empty(&head));
	return 0;
}

static void __exit stop()
{
	pr_info("stop %d\n", test_and_clear_bit_le(65, bits));
}

module_init(start);
module_exit(stop);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("inline functions in C");
