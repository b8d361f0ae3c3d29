// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* <linux/fs_context.h> for <kernel/fs_context.hpp> and <kernel/file_system.hpp> */

#include <linux/fs_context.h>
#include <linux/kernel.h>
#include <linux/string.h>

void kcxx_fs_context_init(struct fs_context *context,
			  const struct fs_context_operations *operations, void *options);
void kcxx_fs_context_init(struct fs_context *context,
			  const struct fs_context_operations *operations, void *options)
{
	context->ops = operations;
	context->fs_private = options;
}

void *kcxx_fs_context_private(const struct fs_context *context);
void *kcxx_fs_context_private(const struct fs_context *context)
{
	return context->fs_private;
}

struct super_block *kcxx_fs_context_super_block(const struct fs_context *context);
struct super_block *kcxx_fs_context_super_block(const struct fs_context *context)
{
	return context->root->d_sb;
}

int kcxx_get_tree_nodev(struct fs_context *context,
			int (*fill)(struct super_block *sb, struct fs_context *context));
int kcxx_get_tree_nodev(struct fs_context *context,
			int (*fill)(struct super_block *sb, struct fs_context *context))
{
	return get_tree_nodev(context, fill);
}

const char *kcxx_fs_parameter_key(const struct fs_parameter *parameter);
const char *kcxx_fs_parameter_key(const struct fs_parameter *parameter)
{
	return parameter->key;
}

/* Returns the text after "=", or NULL if there is no value, or the value is no text */
const char *kcxx_fs_parameter_string(const struct fs_parameter *parameter);
const char *kcxx_fs_parameter_string(const struct fs_parameter *parameter)
{
	return parameter->type == fs_value_is_string ? parameter->string : NULL;
}

int kcxx_fs_parameter_is_flag(const struct fs_parameter *parameter);
int kcxx_fs_parameter_is_flag(const struct fs_parameter *parameter)
{
	return parameter->type == fs_value_is_flag;
}

/* Parses a size such as "64k"; returns 0, -EINVAL or -ERANGE */
int kcxx_parse_size(const char *text, unsigned long long *size);
int kcxx_parse_size(const char *text, unsigned long long *size)
{
	unsigned long long value;
	unsigned int shift = 0;
	char digits[32];
	size_t length;
	int error;

	length = strcspn(text, "kKmMgG");
	if (length >= sizeof(digits))
		return -EINVAL;
	memcpy(digits, text, length);
	digits[length] = '\0';
	switch (text[length]) {
	case 'g':
	case 'G':
		shift += 10;
		fallthrough;
	case 'm':
	case 'M':
		shift += 10;
		fallthrough;
	case 'k':
	case 'K':
		shift += 10;
		if (text[length + 1])
			return -EINVAL;
	}
	error = kstrtoull(digits, 0, &value);
	if (error)
		return error;
	if (value > ULLONG_MAX >> shift)
		return -ERANGE;
	*size = value << shift;
	return 0;
}
