// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Functions of the library that do not sleep, and that a context forbids none the less.
#include "lint/callers.hpp"
#include "lint/interrupts.hpp"
#include "lint/rules.hpp"
#include "lint/sleepers.hpp"

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule mutex_in_an_interrupt = {
	.id = "kcxx-interrupt-mutex",
	.what = "an interrupt or a softirq tries to take a lock of tasks: its holder is a task, "
		"which "
		"the interrupt is not",
	.needed = "a lock that interrupts can take",
	.rewrite = "kernel::SpinLock<T, kernel::FromIrq>; or a kernel::ThreadedIrq or a "
		   "kernel::Work, whose function runs in a task",
};

constexpr Rule asked_outside_a_thread = {
	.id = "kcxx-thread-only",
	.what = "KThread::should_stop() is asked for the running task, which is no thread of the "
		"kernel's here: it reads memory that the task does not have",
	.needed = "the question in the thread's function alone",
	.rewrite = "a kernel::Atomic<bool> that both know; a call of user space ends with "
		   "wait_interruptible(), which returns an error when a signal came",
};

} // namespace

void context_calls(Lint &lint, Sleepers &triers, Sleepers &askers, LibraryCalls &calls,
		   const FunctionDecl &function)
{
	const auto *method = dyn_cast<CXXMethodDecl>(&function);
	if (method == nullptr || !method->doesThisDeclarationHaveABody() ||
	    method->isDependentContext())
		return;
	const bool is_interrupt = runs_in_a_hard_interrupt(lint.ast(), *method) ||
				  runs_in_a_softirq(lint.ast(), *method);
	if (is_interrupt)
		triers.report_calls(mutex_in_an_interrupt, function);
	if (is_interrupt || calls.at_once(*method))
		askers.report_calls(asked_outside_a_thread, function);
}

} // namespace kcxx::lint
