// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts about <linux/dynamic_debug.h> that <kernel/dynamic_debug.hpp> needs */

#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/dynamic_debug.h>
#include <linux/kbuild.h>

/* Bit fields have no offset: each is set in a descriptor of its own, seen as words. */
union kcxx_ddebug_words {
	struct _ddebug descriptor;
	unsigned int words[sizeof(struct _ddebug) / sizeof(unsigned int)];
};

/* The word with the bit fields follows four pointers. */
#define BITS_WORD (4 * sizeof(const char *) / sizeof(unsigned int))

static const union kcxx_ddebug_words a_line = {.descriptor.lineno = 1};
static const union kcxx_ddebug_words default_class = {.descriptor.class_id = _DPRINTK_CLASS_DFLT};
static const union kcxx_ddebug_words printing = {.descriptor.flags = _DPRINTK_FLAGS_PRINT};

void kcxx_layout_dynamic_debug(void);
void kcxx_layout_dynamic_debug(void)
{
	COMMENT("dynamic_debug");
	DEFINE(KCXX_DDEBUG_SIZE, sizeof(struct _ddebug));
	DEFINE(KCXX_DDEBUG_ALIGN, __alignof__(struct _ddebug));
	OFFSET(KCXX_DDEBUG_MODNAME, _ddebug, modname);
	OFFSET(KCXX_DDEBUG_FUNCTION, _ddebug, function);
	OFFSET(KCXX_DDEBUG_FILENAME, _ddebug, filename);
	OFFSET(KCXX_DDEBUG_FORMAT, _ddebug, format);
	DEFINE(KCXX_DDEBUG_LINE, a_line.words[BITS_WORD]);
	DEFINE(KCXX_DDEBUG_CLASS, default_class.words[BITS_WORD]);
	DEFINE(KCXX_DDEBUG_PRINT, printing.words[BITS_WORD]);
}

#ifdef CONFIG_DYNAMIC_DEBUG
static_assert(__same_type(__dynamic_pr_debug, void(struct _ddebug *, const char *, ...)));
static_assert(__same_type(__dynamic_dev_dbg,
			  void(struct _ddebug *, const struct device *, const char *, ...)));
#endif
