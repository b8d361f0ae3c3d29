// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* <linux/fs.h> for <kernel/file_system.hpp> */

#include <linux/fs.h>

int kcxx_register_filesystem(struct file_system_type *type);
int kcxx_register_filesystem(struct file_system_type *type)
{
	return register_filesystem(type);
}

void kcxx_unregister_filesystem(struct file_system_type *type);
void kcxx_unregister_filesystem(struct file_system_type *type)
{
	unregister_filesystem(type);
}
