// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Unit tests that run in the kernel. C API: <kunit/test.h>.
///
///     static void push_appends(kernel::KUnitTest &test)
///     {
///             Stack stack;
///             KUNIT_EXPECT_TRUE(test, stack.empty());
///     }
///
///     KUNIT_SUITE(stack, KUNIT_CASE(push_appends));
///     KUNIT_TEST_SUITES(stack);
///
/// On a kernel with CONFIG_KUNIT, KUnit runs the suites, each case in a thread of its own. On
/// any other, such as those of distributions, the task that loads the module runs them, and
/// logs the same KTAP, which `kcxx boot` reads. A case that crashes passes on neither: it has
/// failed, or has no result.

#pragma once

#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>

#include <generated/bindings/testing/kunit.hpp>
#include <kernel/bug.hpp>
#include <kernel/error.hpp>
#include <kernel/module/modinfo.hpp>
#include <kernel/module/module.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/testing/kunit_expect.hpp>
#include <kernel/testing/kunit_test.hpp>

namespace kernel
{

/// A case as the kernel calls it: KUNIT_CASE() makes one.
using KUnitCase = ::kcxx_kunit_case;

/// A suite of cases: KUNIT_SUITE() makes one.
using KUnitSuite = ::kcxx_kunit_suite;

namespace detail
{

/// The arguments of a case besides the test
template <typename Function>
struct KUnitSignature;

template <typename R, bool NoExcept, typename... Arguments>
struct KUnitSignature<R (*)(KUnitTest &, Arguments...) noexcept(NoExcept)> {
	using Returned = R;
	static constexpr std::size_t arguments = sizeof...(Arguments);
};

template <typename R, bool NoExcept, typename First, typename... Rest>
struct KUnitSignature<R (*)(KUnitTest &, First &, Rest...) noexcept(NoExcept)> {
	using Returned = R;
	using FirstArgument = First;
	static constexpr std::size_t arguments = 1 + sizeof...(Rest);
};

/// Calls the case with its arguments, and handles an error that it returns
template <auto Function, typename... Arguments>
void kunit_call(KUnitTest &test, Arguments &...arguments)
{
	if constexpr (std::is_void_v<typename KUnitSignature<decltype(Function)>::Returned>) {
		Function(test, arguments...);
	} else {
		const auto ended = Function(test, arguments...);
		if (ended || test.failed() || test.skipped() != nullptr)
			return;
		test.fail();
		KCXX_KUNIT_PRINT(err, test, "# %s: FAILED: it returned errno %d", test.name(),
				 -ended.error().to_errno());
	}
}

/// The same with a fixture before the other arguments, if the case takes one
template <auto Function, typename... Parameter>
void kunit_call_with_fixture(KUnitTest &test, Parameter &...parameter)
{
	using Signature = KUnitSignature<decltype(Function)>;
	if constexpr (Signature::arguments == sizeof...(Parameter)) {
		kunit_call<Function>(test, parameter...);
	} else {
		auto fixture = Signature::FirstArgument::init(test);
		if (fixture) {
			kunit_call<Function>(test, *fixture, parameter...);
		} else if (!test.failed() && test.skipped() == nullptr) {
			test.fail();
			KCXX_KUNIT_PRINT(err, test, "# %s: FAILED: its fixture is errno %d",
					 test.name(), -fixture.error().to_errno());
		}
	}
}

/// Reports the result of the case to the kernel
inline void kunit_conclude(::kunit *raw, bool failed, const char *skipped)
{
	// SAFETY: the kernel gave `raw` to the case, which still runs; the reason is copied.
	if (failed)
		bindings::kunit_set_failure(raw);
	else if (skipped != nullptr)
		bindings::kcxx_kunit_mark_skipped(raw, skipped);
}

/// The function of a case, of the type that the kernel calls
template <auto Function>
void kunit_entry(::kunit *raw)
{
	KUnitTest test{raw, raw->name, 0}; // the kernel's lives as long as the case runs
	// A case that crashes leaves no result: the log names the case before it runs.
	KUNIT_INFO(test, "runs");
	kunit_call_with_fixture<Function>(test);
	kunit_conclude(raw, test.failed(), test.skipped());
}

/// The name of a parameter: its own, or its number as KUnit writes it
class KUnitParameterName
{
public:
	template <typename Parameter>
	KUnitParameterName(const Parameter &parameter, std::size_t number)
	{
		if constexpr (requires { static_cast<const char *>(parameter.name); }) {
			given_ = parameter.name;
		} else {
			std::size_t digits = 1;
			for (std::size_t rest = number; rest >= 10; rest /= 10)
				++digits;
			for (std::size_t at = prefix + digits; at > prefix; number /= 10)
				made_[--at] = static_cast<char>('0' + (number % 10));
		}
	}

	[[nodiscard]] const char *get() const { return given_ != nullptr ? given_ : made_; }

private:
	static constexpr std::size_t prefix = sizeof("param-") - 1;

	const char *given_ = nullptr;
	char made_[prefix + 21] = "param-"; // NOLINT(*-avoid-c-arrays): what printk() takes
};

template <auto Function, const auto &Parameters>
void kunit_entry_of_parameters(::kunit *raw)
{
	KUnitTest whole{raw, raw->name, 1};
	KCXX_KUNIT_PRINT(info, whole, "KTAP version 1");
	KCXX_KUNIT_PRINT(info, whole, "# Subtest: %s", whole.name());
	KCXX_KUNIT_PRINT(info, whole, "1..%zu", std::size(Parameters));
	std::size_t number = 0;
	std::size_t skips = 0;
	for (const auto &parameter : Parameters) {
		const KUnitParameterName name{parameter, number};
		KUnitTest test{raw, name.get(), 1};
		KUNIT_INFO(test, "runs");
		kunit_call_with_fixture<Function>(test, parameter);
		const bool skipped = !test.failed() && test.skipped() != nullptr;
		KCXX_KUNIT_PRINT(info, test, "%s %zu %s%s%s", test.failed() ? "not ok" : "ok",
				 ++number, test.name(), skipped ? " # SKIP " : "",
				 skipped ? test.skipped() : "");
		skips += skipped ? 1 : 0;
		if (test.failed())
			whole.fail();
	}
	kunit_conclude(raw, whole.failed(),
		       skips == number ? "all parameters are skipped" : nullptr);
}

/// Room for the object that the cases of a suite share
template <typename T>
struct KUnitShared {
	static int init(::kunit_suite * /*suite*/)
	{
		const auto *made = ::new (static_cast<void *>(room)) Result<T>(T::init());
		there = made->has_value();
		if (there)
			return 0;
		const int error = made->error().to_errno();
		made->~Result<T>();
		return error;
	}

	static void exit(::kunit_suite * /*suite*/)
	{
		if (std::exchange(there, false))
			get().~Result<T>();
	}

	static Result<T> &get() { return *std::launder(reinterpret_cast<Result<T> *>(room)); }

	alignas(Result<T>) static inline constinit unsigned char room[sizeof(Result<T>)] = {};
	static inline constinit bool there = false;
};

} // namespace detail

/// The object that the cases of the running suite share: see KUNIT_SUITE_SHARING(). BUG()s if T
/// is another type. Context: a case's.
template <typename T>
[[nodiscard]] T &kunit_shared()
{
	if (!detail::KUnitShared<T>::there)
		bug("kunit_shared: not what this suite shares");
	return *detail::KUnitShared<T>::get();
}

/// Suites that have run; KUnit shows them in debugfs as long as this object lives. Moves, does
/// not copy. KUNIT_TEST_SUITES() holds one; in a driver with its own module object, it is a
/// member that init() makes last.
class [[nodiscard]] KUnitRun
{
public:
	/// Runs the suites. The log reports what the cases find, which is no error here.
	///
	/// Errors: ENOMEM; EINTR if the caller is being killed. Context: may sleep.
	template <typename... Suites>
	[[nodiscard]] static Result<KUnitRun> run(const Suites &...suites) KCXX_MAY_SLEEP
	{
		static_assert(sizeof...(Suites) > 0 && (std::is_same_v<Suites, KUnitSuite> && ...));
		const KUnitSuite *const pointers[] = {&suites...}; // NOLINT(*-avoid-c-arrays)
		void *made = nullptr;
		// SAFETY: the suites are constants of the module; the array is not kept.
		KTRY(to_result(bindings::kcxx_kunit_run(pointers, sizeof...(Suites), &made)));
		return KUnitRun{made, sizeof...(Suites)};
	}

	KUnitRun(const KUnitRun &) = delete;
	KUnitRun &operator=(const KUnitRun &) = delete;

	/// Leaves `other` without suites. Context: any.
	KUnitRun(KUnitRun &&other) noexcept
	    : made_{std::exchange(other.made_, nullptr)}, count_{other.count_}
	{
	}

	/// Ends the suites of this object before. Context: may sleep.
	KUnitRun &operator=(KUnitRun &&other) noexcept KCXX_MAY_SLEEP
	{
		if (this != &other) {
			end();
			made_ = std::exchange(other.made_, nullptr);
			count_ = other.count_;
		}
		return *this;
	}

	/// Context: may sleep.
	~KUnitRun() KCXX_MAY_SLEEP { end(); }

private:
	KUnitRun(void *made, std::size_t count) noexcept : made_{made}, count_{count} {}

	void end() KCXX_MAY_SLEEP
	{
		if (made_ == nullptr)
			return;
		// SAFETY: run() made the suites, and they end once.
		bindings::kcxx_kunit_end(std::exchange(made_, nullptr), count_);
	}

	void *made_;
	std::size_t count_;
};

} // namespace kernel

/// A case: a function, or a lambda without captures as `KUNIT_CASE_NAMED("name", [](…) {…})`.
///
///     void case(KUnitTest &test);
///     Result<> case(KUnitTest &test);                  // which an assertion may end
///     Result<> case(KUnitTest &test, Fixture &fixture);
///
/// An error that a case returns is a failure. A Fixture is made for each case by its
/// `static Result<Fixture> init(KUnitTest &)`, and destroyed after it. Context of a case:
/// process, may sleep.
#define KUNIT_CASE(function) KUNIT_CASE_NAMED(#function, function)

/// The same under another name
#define KUNIT_CASE_NAMED(name, ...)                                                                \
	(::kernel::KUnitCase{::kernel::detail::kunit_entry<+(__VA_ARGS__)>, name})

/// A case that is run with each element of `parameters`, an array of static storage:
///
///     void case(KUnitTest &test, const Parameter &parameter);
///     Result<> case(KUnitTest &test, Fixture &fixture, const Parameter &parameter);
///
/// If a parameter has a member `const char *name`, this is the name of its result.
#define KUNIT_CASE_PARAM(function, parameters)                                                     \
	(::kernel::KUnitCase{                                                                      \
		::kernel::detail::kunit_entry_of_parameters<&(function), (parameters)>,            \
		#function})

/// Defines `const KUnitSuite name`, at global scope, of cases. For a suite in another source,
/// declare `extern const kernel::KUnitSuite name;`. modinfo(8) lists the suites of the module,
/// so that kcxx boot misses none.
#define KUNIT_SUITE(name, ...) KCXX_KUNIT_SUITE(name, nullptr, nullptr, __VA_ARGS__)

/// The same for cases that share a T, made before the first by `static Result<T> T::init()` and
/// destroyed after the last; if init() fails, the suite has failed. `kunit_shared<T>()` returns
/// the T.
#define KUNIT_SUITE_SHARING(name, T, ...)                                                          \
	KCXX_KUNIT_SUITE(name, ::kernel::detail::KUnitShared<T>::init,                             \
			 ::kernel::detail::KUnitShared<T>::exit, __VA_ARGS__)

#define KCXX_KUNIT_SUITE(name, init, exit, ...)                                                    \
	MODULE_INFO(kunit_suite, #name);                                                           \
	MODULE_INFO(test, "Y");                                                                    \
	static constexpr ::kernel::KUnitCase kcxx_kunit_cases_##name[] = {__VA_ARGS__};            \
	extern const ::kernel::KUnitSuite name;                                                    \
	constinit const ::kernel::KUnitSuite name                                                  \
	{                                                                                          \
		#name, kcxx_kunit_cases_##name, std::size(kcxx_kunit_cases_##name), init, exit     \
	}

/// Makes a module of these suites, once, in the place of KERNEL_MODULE(): loading it runs them.
#define KUNIT_TEST_SUITES(...)                                                                     \
	namespace                                                                                  \
	{                                                                                          \
	struct KcxxKUnitModule {                                                                   \
		::kernel::KUnitRun run;                                                            \
                                                                                                   \
		static ::kernel::Result<KcxxKUnitModule> init(::kernel::ThisModule & /*module*/)   \
		{                                                                                  \
			return KcxxKUnitModule{KTRY(::kernel::KUnitRun::run(__VA_ARGS__))};        \
		}                                                                                  \
	};                                                                                         \
	}                                                                                          \
	KERNEL_MODULE(KcxxKUnitModule)
