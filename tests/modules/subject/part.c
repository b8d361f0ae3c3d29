// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The same defences in C, for which the kernel's Makefiles alone choose the flags.
#include <linux/export.h>

int by_pointer_in_c(int (*function)(int), int x);
noinline int by_pointer_in_c(int (*function)(int), int x)
{
	return function(x) + 1;
}

void fill_in_c(volatile char *text, unsigned int length);
noinline void fill_in_c(volatile char *text, unsigned int length)
{
	unsigned int i;

	for (i = 0; i < length; i++)
		text[i] = 'c';
}

int on_stack_in_c(void);
noinline int on_stack_in_c(void)
{
	char text[40];

	fill_in_c(text, sizeof(text));
	return text[39];
}

static int twice(int x)
{
	return 2 * x;
}

int subject_of_c(int x);
int subject_of_c(int x)
{
	return by_pointer_in_c(twice, x) + on_stack_in_c();
}
EXPORT_SYMBOL_GPL(subject_of_c);
