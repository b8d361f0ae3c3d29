// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* A structure whose layout the kernel's configuration decides */

#include <linux/fs.h>
#include <linux/kbuild.h>

void kcxx_layout_border(void);
void kcxx_layout_border(void)
{
	DEFINE(BORDER_FILE_OPERATIONS_SIZE, sizeof(struct file_operations));
	OFFSET(BORDER_FILE_OPERATIONS_OPEN, file_operations, open);
}
