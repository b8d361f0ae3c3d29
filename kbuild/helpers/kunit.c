// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * <kunit/test.h> for <kernel/kunit.hpp>. Where the kernel has no KUnit, this file takes its
 * place: the task that loads the module runs the suites one after the other, and prints what
 * KUnit would print (Documentation/dev-tools/ktap.rst).
 */

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/version.h>

struct kunit;
struct kunit_suite;

/* The structs of kunit.hpp */
struct kcxx_kunit_case {
	void (*run)(struct kunit *test);
	const char *name;
};

struct kcxx_kunit_suite {
	const char *name;
	const struct kcxx_kunit_case *cases;
	size_t count;
	int (*init)(struct kunit_suite *suite);
	void (*exit)(struct kunit_suite *suite);
};

int kcxx_kunit_run(const struct kcxx_kunit_suite *const *given, size_t count, void **made);
void kcxx_kunit_end(void *made, size_t count);
const char *kcxx_kunit_name(const struct kunit *test);
void kcxx_kunit_set_failure(struct kunit *test);
void kcxx_kunit_mark_skipped(struct kunit *test, const char *reason);
void __printf(2, 3) kcxx_kunit_info(struct kunit *test, const char *format, ...);
void __printf(2, 3) kcxx_kunit_err(struct kunit *test, const char *format, ...);

static void say_version(size_t count)
{
	printk(KERN_INFO "KTAP version 1\n");
	printk(KERN_INFO "1..%zu\n", count);
}

#if IS_ENABLED(CONFIG_KUNIT)

#include <kunit/test.h>

struct suites {
	struct kunit_suite **pointers;
	struct kunit_suite suites[];
};

static int fill(struct kunit_suite *suite, const struct kcxx_kunit_suite *given)
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
	strscpy((char *)suite->name, given->name, sizeof(suite->name));
	suite->suite_init = given->init;
	suite->suite_exit = given->exit;
	suite->test_cases = cases;
	return 0;
}

static void destroy(struct suites *made, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		kfree(made->suites[i].test_cases);
	kfree(made->pointers);
	kfree(made);
}

static struct suites *create(const struct kcxx_kunit_suite *const *given, size_t count)
{
	struct suites *made;
	size_t i;

	made = kzalloc(struct_size(made, suites, count), GFP_KERNEL);
	if (!made)
		return NULL;
	made->pointers = kcalloc(count, sizeof(*made->pointers), GFP_KERNEL);
	if (!made->pointers)
		goto failed;
	for (i = 0; i < count; i++) {
		if (fill(&made->suites[i], given[i]))
			goto failed;
		made->pointers[i] = &made->suites[i];
	}
	return made;
failed:
	destroy(made, count);
	return NULL;
}

/* In newer kernels a third argument requires that the suites run too. */
#define suites_init(...)                                                                           \
	_Generic(&__kunit_test_suites_init,                                                        \
		int (*)(struct kunit_suite *const *const,                                          \
			int): ((int (*)(struct kunit_suite *const *const,                          \
					int))(void *)__kunit_test_suites_init)(__VA_ARGS__),       \
		default: ((int (*)(struct kunit_suite *const *const, int, bool))(                  \
			void *)__kunit_test_suites_init)(__VA_ARGS__, true))

int kcxx_kunit_run(const struct kcxx_kunit_suite *const *given, size_t count, void **result)
{
	struct suites *made = create(given, count);
	int error;

	if (!made)
		return -ENOMEM;
	say_version(count);
	error = suites_init(made->pointers, count);
	if (error) {
		destroy(made, count);
		return error;
	}
	*result = made;
	return 0;
}

void kcxx_kunit_end(void *result, size_t count)
{
	struct suites *made = result;

	/* debugfs shows the suites until here. */
	__kunit_test_suites_exit(made->pointers, count);
	destroy(made, count);
}

const char *kcxx_kunit_name(const struct kunit *test)
{
	return test->name;
}

void kcxx_kunit_set_failure(struct kunit *test)
{
	kunit_set_failure(test);
}

void kcxx_kunit_mark_skipped(struct kunit *test, const char *reason)
{
	kunit_mark_skipped(test, "%s", reason);
}

static void say(struct kunit *test, bool error, struct va_format *text)
{
	if (error)
		kunit_log(KERN_ERR, test, KUNIT_SUBTEST_INDENT "%pV", text);
	else
		kunit_log(KERN_INFO, test, KUNIT_SUBTEST_INDENT "%pV", text);
}

#else /* !CONFIG_KUNIT */

enum status { SUCCESS, FAILURE, SKIPPED };

/* Without KUnit, only this file knows the struct. */
struct kunit {
	const char *name;
	enum status status;
	char comment[256];
};

struct totals {
	size_t passed;
	size_t failed;
	size_t skipped;
};

static const char *ok(bool failed)
{
	return failed ? "not ok" : "ok";
}

static void run_case(const struct kcxx_kunit_case *given, size_t number, struct kunit *test,
		     struct totals *totals)
{
	bool skipped;

	test->name = given->name;
	test->status = SUCCESS;
	test->comment[0] = '\0';
	given->run(test);
	skipped = test->status == SKIPPED;
	if (skipped)
		totals->skipped++;
	else if (test->status == FAILURE)
		totals->failed++;
	else
		totals->passed++;
	printk(KERN_INFO "    %s %zu %s%s%s\n", ok(test->status == FAILURE), number, given->name,
	       skipped ? " # SKIP " : "", test->comment);
}

static void run_cases(const struct kcxx_kunit_suite *given, struct kunit *test,
		      struct totals *totals)
{
	size_t i;

	printk(KERN_INFO "    KTAP version 1\n");
	printk(KERN_INFO "    # Subtest: %s\n", given->name);
	printk(KERN_INFO "    # module: %s\n", THIS_MODULE->name);
	printk(KERN_INFO "    1..%zu\n", given->count);
	for (i = 0; i < given->count; i++)
		run_case(&given->cases[i], i + 1, test, totals);
	printk(KERN_INFO "# %s: pass:%zu fail:%zu skip:%zu total:%zu\n", given->name,
	       totals->passed, totals->failed, totals->skipped, given->count);
}

static void run_suite(const struct kcxx_kunit_suite *given, size_t number, struct kunit *test)
{
	struct totals totals = {};
	int error = 0;

	if (given->init)
		error = given->init(NULL);
	if (error)
		printk(KERN_ERR "    # failed to initialize (%d)\n", error);
	else
		run_cases(given, test, &totals);
	if (!error && given->exit)
		given->exit(NULL);
	printk(KERN_INFO "%s %zu %s%s\n", ok(error || totals.failed), number, given->name,
	       !error && totals.skipped == given->count ? " # SKIP" : "");
}

int kcxx_kunit_run(const struct kcxx_kunit_suite *const *given, size_t count, void **result)
{
	struct kunit *test = kzalloc(sizeof(*test), GFP_KERNEL);
	size_t i;

	if (!test)
		return -ENOMEM;
	say_version(count);
	for (i = 0; i < count; i++)
		run_suite(given[i], i + 1, test);
	kfree(test);
	*result = NULL;
	return 0;
}

void kcxx_kunit_end(void *result, size_t count) {}

const char *kcxx_kunit_name(const struct kunit *test)
{
	return test->name;
}

void kcxx_kunit_set_failure(struct kunit *test)
{
	WRITE_ONCE(test->status, FAILURE);
}

void kcxx_kunit_mark_skipped(struct kunit *test, const char *reason)
{
	WRITE_ONCE(test->status, SKIPPED);
	strscpy(test->comment, reason, sizeof(test->comment));
}

static void say(struct kunit *test, bool error, struct va_format *text)
{
	if (error)
		printk(KERN_ERR "    %pV\n", text);
	else
		printk(KERN_INFO "    %pV\n", text);
}

#endif

void kcxx_kunit_info(struct kunit *test, const char *format, ...)
{
	struct va_format text = {.fmt = format};
	va_list arguments;

	va_start(arguments, format);
	text.va = &arguments;
	say(test, false, &text);
	va_end(arguments);
}

void kcxx_kunit_err(struct kunit *test, const char *format, ...)
{
	struct va_format text = {.fmt = format};
	va_list arguments;

	va_start(arguments, format);
	text.va = &arguments;
	say(test, true, &text);
	va_end(arguments);
}
