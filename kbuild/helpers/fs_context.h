/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/fs_context.h> for <kernel/fs/fs_context.hpp> and <kernel/fs/file_system.hpp> */

#include <linux/fs_context.h>
#include <linux/kernel.h>
#include <linux/string.h>

static const unsigned long KCXX_SIZEOF_FS_CONTEXT_OPERATIONS = sizeof(struct fs_context_operations);
static const unsigned long KCXX_FS_CONTEXT_OPERATIONS_FREE =
	offsetof(struct fs_context_operations, free);
static const unsigned long KCXX_FS_CONTEXT_OPERATIONS_PARSE_PARAM =
	offsetof(struct fs_context_operations, parse_param);
static const unsigned long KCXX_FS_CONTEXT_OPERATIONS_GET_TREE =
	offsetof(struct fs_context_operations, get_tree);
static const unsigned long KCXX_FS_CONTEXT_OPERATIONS_RECONFIGURE =
	offsetof(struct fs_context_operations, reconfigure);

static inline void kcxx_fs_context_init(struct fs_context *context,
					const struct fs_context_operations *operations,
					void *options)
{
	context->ops = operations;
	context->fs_private = options;
}

static inline void *kcxx_fs_context_private(const struct fs_context *context)
{
	return context->fs_private;
}

static inline struct super_block *kcxx_fs_context_super_block(const struct fs_context *context)
{
	return context->root->d_sb;
}

static inline int kcxx_get_tree_nodev(struct fs_context *context,
				      int (*fill)(struct super_block *sb,
						  struct fs_context *context))
{
	return get_tree_nodev(context, fill);
}

static inline const char *kcxx_fs_parameter_key(const struct fs_parameter *parameter)
{
	return parameter->key;
}

/* Returns the text after "=", or NULL if there is no value, or the value is no text */
static inline const char *kcxx_fs_parameter_string(const struct fs_parameter *parameter)
{
	return parameter->type == fs_value_is_string ? parameter->string : NULL;
}

static inline int kcxx_fs_parameter_is_flag(const struct fs_parameter *parameter)
{
	return parameter->type == fs_value_is_flag;
}

/* Parses a size such as "64k"; returns 0, -EINVAL or -ERANGE */
static inline int kcxx_parse_size(const char *text, unsigned long long *size)
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
