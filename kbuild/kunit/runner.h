/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * KUnit for kernels without it: the task that loads the module runs the suites one after the
 * other, and prints what KUnit would print (Documentation/dev-tools/ktap.rst).
 */

enum kcxx_kunit_status { KCXX_KUNIT_SUCCESS, KCXX_KUNIT_FAILURE, KCXX_KUNIT_SKIPPED };

/* Without KUnit, only this file knows the struct. */
struct kunit {
	const char *name;
	enum kcxx_kunit_status status;
	char comment[256];
};

struct kcxx_kunit_totals {
	size_t passed;
	size_t failed;
	size_t skipped;
};

static inline const char *kcxx_kunit_ok(bool failed)
{
	return failed ? "not ok" : "ok";
}

static inline void kcxx_kunit_run_case(const struct kcxx_kunit_case *given, size_t number,
				       struct kunit *test, struct kcxx_kunit_totals *totals)
{
	bool skipped;

	test->name = given->name;
	test->status = KCXX_KUNIT_SUCCESS;
	test->comment[0] = '\0';
	given->run(test);
	skipped = test->status == KCXX_KUNIT_SKIPPED;
	if (skipped)
		totals->skipped++;
	else if (test->status == KCXX_KUNIT_FAILURE)
		totals->failed++;
	else
		totals->passed++;
	printk(KERN_INFO "    %s %zu %s%s%s\n", kcxx_kunit_ok(test->status == KCXX_KUNIT_FAILURE),
	       number, given->name, skipped ? " # SKIP " : "", test->comment);
}

static inline void kcxx_kunit_run_cases(const struct kcxx_kunit_suite *given, struct kunit *test,
					struct kcxx_kunit_totals *totals)
{
	size_t i;

	printk(KERN_INFO "    KTAP version 1\n");
	printk(KERN_INFO "    # Subtest: %s\n", given->name);
	printk(KERN_INFO "    # module: %s\n", THIS_MODULE->name);
	printk(KERN_INFO "    1..%zu\n", given->count);
	for (i = 0; i < given->count; i++)
		kcxx_kunit_run_case(&given->cases[i], i + 1, test, totals);
	printk(KERN_INFO "# %s: pass:%zu fail:%zu skip:%zu total:%zu\n", given->name,
	       totals->passed, totals->failed, totals->skipped, given->count);
}

static inline void kcxx_kunit_run_suite(const struct kcxx_kunit_suite *given, size_t number,
					struct kunit *test)
{
	struct kcxx_kunit_totals totals = {};
	int error = 0;

	if (given->init)
		error = given->init(NULL);
	if (error)
		printk(KERN_ERR "    # failed to initialize (%d)\n", error);
	else
		kcxx_kunit_run_cases(given, test, &totals);
	if (!error && given->exit)
		given->exit(NULL);
	printk(KERN_INFO "%s %zu %s%s\n", kcxx_kunit_ok(error || totals.failed), number,
	       given->name, !error && totals.skipped == given->count ? " # SKIP" : "");
}

static inline int kcxx_kunit_run(const struct kcxx_kunit_suite *const *given, size_t count,
				 void **result)
{
	struct kunit *test = kzalloc(sizeof(*test), GFP_KERNEL);
	size_t i;

	if (!test)
		return -ENOMEM;
	kcxx_kunit_print_version(count);
	for (i = 0; i < count; i++)
		kcxx_kunit_run_suite(given[i], i + 1, test);
	kfree(test);
	*result = NULL;
	return 0;
}

static inline void kcxx_kunit_end(void *result, size_t count) {}

/* The name is KUnit's. */
static inline void kunit_set_failure(struct kunit *test)
{
	WRITE_ONCE(test->status, KCXX_KUNIT_FAILURE);
}

static inline void kcxx_kunit_mark_skipped(struct kunit *test, const char *reason)
{
	WRITE_ONCE(test->status, KCXX_KUNIT_SKIPPED);
	scnprintf(test->comment, sizeof(test->comment), "%s", reason);
}

static inline void kcxx_kunit_print(struct kunit *test, bool error, struct va_format *text)
{
	if (error)
		printk(KERN_ERR "    %pV\n", text);
	else
		printk(KERN_INFO "    %pV\n", text);
}
