// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// What a case of a unit test gets, to say how it went. C API: <kunit/test.h>.

#pragma once

#include <cstddef>
#include <expected>

#include <kernel/error.hpp>
#include <kernel/rwonce.hpp>

struct kunit;

extern "C" {
[[nodiscard]] const char *kcxx_kunit_name(const struct kunit *test);
void kcxx_kunit_set_failure(struct kunit *test);
void kcxx_kunit_mark_skipped(struct kunit *test, const char *reason);
[[gnu::format(printf, 2, 3)]] void kcxx_kunit_info(struct kunit *test, const char *format, ...);
[[gnu::format(printf, 2, 3)]] void kcxx_kunit_err(struct kunit *test, const char *format, ...);
}

namespace kernel
{

/// One run of a case, `test` in the macros of <kernel/kunit_expect.hpp>. It lives as long as
/// the case runs: a thread that refers to it has to have ended by then.
class KUnitTest
{
public:
	/// For the runner. `name` outlives it; `depth` is 1 in a case with parameters.
	KUnitTest(struct kunit *raw, const char *name, int depth) noexcept
	    : raw_{raw}, name_{name}, indent_{depth * 4}
	{
	}
	KUnitTest(const KUnitTest &) = delete;
	KUnitTest &operator=(const KUnitTest &) = delete;
	~KUnitTest() = default;

	/// The case's name, or its parameter's. Context: any.
	[[nodiscard]] const char *name() const noexcept { return name_; }

	/// Whether an expectation was not met. Context: any.
	[[nodiscard]] bool failed() const noexcept { return read_once(failed_); }

	/// Why it is skipped; nullptr if it is not. Context: any.
	[[nodiscard]] const char *skipped() const noexcept { return skipped_; }

	/// The case counts as skipped, for this reason, unless it fails: a text that outlives it,
	/// as a literal does. The case goes on; KUNIT_SKIP() ends it. Context: any.
	void mark_skipped(const char *reason) noexcept { skipped_ = reason; }

	/// The case has failed: KUNIT_FAIL() says why too. Context: any.
	void fail() noexcept { write_once(failed_, true); }

	/// For the macros: the kernel's struct, and by how many blanks its lines are set in
	[[nodiscard]] struct kunit *raw() const noexcept { return raw_; }
	[[nodiscard]] int indent() const noexcept { return indent_; }

private:
	struct kunit *raw_;
	const char *name_;
	int indent_;
	bool failed_ = false;
	const char *skipped_ = nullptr;
};

/// What an assertion returns that was not met: the case, which has a Result to return, ends
/// there as any function does. What was said already is not said again.
[[nodiscard]] constexpr Error kunit_stop()
{
	return ECANCELED;
}

} // namespace kernel

// SAFETY: the test is that of a case which runs.
#define KCXX_KUNIT_SAY(level, test, format, ...)                                                   \
	kcxx_kunit_##level((test).raw(), "%*s" format, (test).indent(),                            \
			   "" __VA_OPT__(, ) __VA_ARGS__)

/// A line beside the results: `# case: text`. Context: process.
#define KUNIT_INFO(test, format, ...)                                                              \
	KCXX_KUNIT_SAY(info, test, "# %s: " format, (test).name() __VA_OPT__(, ) __VA_ARGS__)

/// The case has failed, for the reason that `format` says; it goes on. Context: process.
#define KUNIT_FAIL(test, format, ...)                                                              \
	do {                                                                                       \
		(test).fail();                                                                     \
		KCXX_KUNIT_SAY(err, test, "# %s: EXPECTATION FAILED at %s:%d", (test).name(),      \
			       __FILE__, __LINE__);                                                \
		KCXX_KUNIT_SAY(err, test, format __VA_OPT__(, ) __VA_ARGS__);                      \
	} while (false)

/// The case ends here and counts as skipped, for `reason`, a literal. Only in functions that
/// return a Result. Context: any.
#define KUNIT_SKIP(test, reason)                                                                   \
	do {                                                                                       \
		(test).mark_skipped(reason);                                                       \
		return ::kernel::kunit_stop();                                                     \
	} while (false)
