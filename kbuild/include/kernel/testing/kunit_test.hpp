// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The object by which a case of a unit test reports its result. C API: <kunit/test.h>.

#pragma once

#include <cstddef>
#include <expected>

#include <generated/bindings/testing/kunit_test.hpp>
#include <kernel/error.hpp>
#include <kernel/sync/rwonce.hpp>

namespace kernel
{

// sizeof: the bindings then have the members.
static_assert(alignof(::kunit) > 0);

/// One run of a case, `test` in the macros of <kernel/testing/kunit_expect.hpp>. It lives as long
/// as the case runs: a thread that refers to it has to have ended by then.
class KUnitTest
{
public:
	/// For the runner. `name` outlives it; `depth` is 1 in a case with parameters.
	KUnitTest(::kunit *raw, const char *name, int depth) noexcept
	    : raw_{raw}, name_{name}, indent_{depth * 4}
	{
	}
	KUnitTest(const KUnitTest &) = delete;
	KUnitTest &operator=(const KUnitTest &) = delete;
	~KUnitTest() = default;

	/// The case's name, or its parameter's. Context: any.
	[[nodiscard]] const char *name() const noexcept { return name_; }

	/// True if an expectation was not met. Context: any.
	[[nodiscard]] bool failed() const noexcept { return read_once(failed_); }

	/// The reason why the case is skipped; nullptr if it is not. Context: any.
	[[nodiscard]] const char *skipped() const noexcept { return skipped_; }

	/// Marks the case as skipped, for this reason, unless it fails. `reason` outlives the
	/// case, as a literal does. The case goes on; KUNIT_SKIP() ends it. Context: any.
	void mark_skipped(const char *reason) noexcept { skipped_ = reason; }

	/// Marks the case as failed: KUNIT_FAIL() reports the reason too. Context: any.
	void fail() noexcept { write_once(failed_, true); }

	/// For the macros: the kernel's struct
	[[nodiscard]] ::kunit *raw() const noexcept { return raw_; }
	/// For the macros: the indentation of the lines, in blanks
	[[nodiscard]] int indent() const noexcept { return indent_; }

private:
	::kunit *raw_;
	const char *name_;
	int indent_;
	bool failed_ = false;
	const char *skipped_ = nullptr;
};

/// The error that an unmet assertion returns: the case, which returns a Result, ends there as
/// any function does. The failure is not reported again.
[[nodiscard]] constexpr Error kunit_stop()
{
	return ECANCELED;
}

} // namespace kernel

// SAFETY: the test is that of a case which runs.
#define KCXX_KUNIT_PRINT_err ::kernel::bindings::kcxx_kunit_err
#define KCXX_KUNIT_PRINT_info ::kernel::bindings::kcxx_kunit_info
#define KCXX_KUNIT_PRINT(level, test, format, ...)                                                 \
	KCXX_KUNIT_PRINT_##level((test).raw(), "%*s" format, (test).indent(),                      \
				 "" __VA_OPT__(, ) __VA_ARGS__)

/// Prints a line beside the results: `# case: text`. Context: process.
#define KUNIT_INFO(test, format, ...)                                                              \
	KCXX_KUNIT_PRINT(info, test, "# %s: " format, (test).name() __VA_OPT__(, ) __VA_ARGS__)

/// Marks the case as failed, and prints the reason `format`; the case goes on. Context:
/// process.
#define KUNIT_FAIL(test, format, ...)                                                              \
	do {                                                                                       \
		(test).fail();                                                                     \
		KCXX_KUNIT_PRINT(err, test, "# %s: EXPECTATION FAILED at %s:%d", (test).name(),    \
				 __FILE__, __LINE__);                                              \
		KCXX_KUNIT_PRINT(err, test, format __VA_OPT__(, ) __VA_ARGS__);                    \
	} while (false)

/// The case ends here and counts as skipped, for `reason`, a literal. Only in functions that
/// return a Result. Context: any.
#define KUNIT_SKIP(test, reason)                                                                   \
	do {                                                                                       \
		(test).mark_skipped(reason);                                                       \
		return ::kernel::kunit_stop();                                                     \
	} while (false)
