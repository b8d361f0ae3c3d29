/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* For <kernel/testing/kunit.hpp>. Where the kernel has no KUnit, kunit/runner.h takes its place. */

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/version.h>

struct kunit;
struct kunit_suite;

/* A case as the kernel calls it: KUNIT_CASE() makes one. */
struct kcxx_kunit_case {
	void (*run)(struct kunit *test);
	const char *name;
};

/* A suite of cases: KUNIT_SUITE() makes one. */
struct kcxx_kunit_suite {
	const char *name;
	const struct kcxx_kunit_case *cases;
	size_t count;
	int (*init)(struct kunit_suite *suite);
	void (*exit)(struct kunit_suite *suite);
};

/* __kunit_test_suites_init() leaves the first lines of KTAP to its caller. */
static inline void kcxx_kunit_print_version(size_t count)
{
	printk(KERN_INFO "KTAP version 1\n");
	printk(KERN_INFO "1..%zu\n", count);
}

#if IS_ENABLED(CONFIG_KUNIT)

#include <kunit/test.h>

struct kcxx_kunit_suites {
	struct kunit_suite **pointers;
	struct kunit_suite suites[];
};

/* The members differ between versions; suites have arrays of chars that C alone writes to. */
static inline int kcxx_kunit_fill(struct kunit_suite *suite, const struct kcxx_kunit_suite *given)
{
	struct kunit_case *cases;
	size_t i;

	/* A zeroed case ends the array. */
	cases = kcalloc(given->count + 1, sizeof(*cases), GFP_KERNEL);
	if (!cases)
		return -ENOMEM;
	for (i = 0; i < given->count; i++) {
		cases[i].run_case = given->cases[i].run;
		cases[i].name = (char *)given->cases[i].name;
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 6, 0)
		cases[i].module_name = THIS_MODULE->name;
#endif
	}
	scnprintf((char *)suite->name, sizeof(suite->name), "%s", given->name);
	suite->suite_init = given->init;
	suite->suite_exit = given->exit;
	suite->test_cases = cases;
	return 0;
}

static inline void kcxx_kunit_destroy(struct kcxx_kunit_suites *made, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		kfree(made->suites[i].test_cases);
	kfree(made->pointers);
	kfree(made);
}

static inline struct kcxx_kunit_suites *
kcxx_kunit_create(const struct kcxx_kunit_suite *const *given, size_t count)
{
	struct kcxx_kunit_suites *made;
	size_t i;

	made = kzalloc(struct_size(made, suites, count), GFP_KERNEL);
	if (!made)
		return NULL;
	made->pointers = kcalloc(count, sizeof(*made->pointers), GFP_KERNEL);
	if (!made->pointers)
		goto failed;
	for (i = 0; i < count; i++) {
		if (kcxx_kunit_fill(&made->suites[i], given[i]))
			goto failed;
		made->pointers[i] = &made->suites[i];
	}
	return made;
failed:
	kcxx_kunit_destroy(made, count);
	return NULL;
}

/* In newer kernels a third argument requires that the suites run too. */
#define kcxx_kunit_suites_init(...)                                                                \
	_Generic(&__kunit_test_suites_init,                                                        \
		int (*)(struct kunit_suite *const *const,                                          \
			int): ((int (*)(struct kunit_suite *const *const,                          \
					int))(void *)__kunit_test_suites_init)(__VA_ARGS__),       \
		default: ((int (*)(struct kunit_suite *const *const, int, bool))(                  \
			void *)__kunit_test_suites_init)(__VA_ARGS__, true))

static inline int kcxx_kunit_run(const struct kcxx_kunit_suite *const *given, size_t count,
				 void **result)
{
	struct kcxx_kunit_suites *made = kcxx_kunit_create(given, count);
	int error;

	if (!made)
		return -ENOMEM;
	kcxx_kunit_print_version(count);
	error = kcxx_kunit_suites_init(made->pointers, count);
	if (error) {
		kcxx_kunit_destroy(made, count);
		return error;
	}
	*result = made;
	return 0;
}

static inline void kcxx_kunit_end(void *result, size_t count)
{
	struct kcxx_kunit_suites *made = result;

	/* debugfs shows the suites until here. */
	__kunit_test_suites_exit(made->pointers, count);
	kcxx_kunit_destroy(made, count);
}

/* A macro */
static inline void kcxx_kunit_mark_skipped(struct kunit *test, const char *reason)
{
	kunit_mark_skipped(test, "%s", reason);
}

/* A macro */
static inline void kcxx_kunit_print(struct kunit *test, bool error, struct va_format *text)
{
	if (error)
		kunit_log(KERN_ERR, test, KUNIT_SUBTEST_INDENT "%pV", text);
	else
		kunit_log(KERN_INFO, test, KUNIT_SUBTEST_INDENT "%pV", text);
}

#else

#include "../kunit/runner.h"

#endif

/* kunit_log() is a macro; these are functions, so that the compiler checks formats. */
static inline void __printf(2, 3) kcxx_kunit_info(struct kunit *test, const char *format, ...)
{
	struct va_format text = {.fmt = format};
	va_list arguments;

	va_start(arguments, format);
	text.va = &arguments;
	kcxx_kunit_print(test, false, &text);
	va_end(arguments);
}

static inline void __printf(2, 3) kcxx_kunit_err(struct kunit *test, const char *format, ...)
{
	struct va_format text = {.fmt = format};
	va_list arguments;

	va_start(arguments, format);
	text.va = &arguments;
	kcxx_kunit_print(test, true, &text);
	va_end(arguments);
}
