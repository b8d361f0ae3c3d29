// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Locks of softirqs that a handler of a hard interrupt takes.
#include "lint/callers.hpp"
#include "lint/rules.hpp"
#include "lint/sleepers.hpp"

#include <clang/AST/DeclTemplate.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule softirq_lock_in_an_interrupt = {
	.id = "kcxx-hard-interrupt",
	.what = "a lock that turns softirqs off is taken in a hard interrupt, which may have "
		"interrupted its holder",
	.needed = "a lock that turns interrupts off",
	.rewrite = "kernel::SpinLock<T, kernel::FromIrq>, or lock_irqsave() at each place; or a "
		   "kernel::ThreadedIrq, whose handler runs in a thread",
};

/** Returns the class template @name of the library. */
const ClassTemplateDecl *template_of(ASTContext &ast, StringRef name)
{
	for (const auto *space : ast.getTranslationUnitDecl()->lookup(&ast.Idents.get("kernel")))
		if (const auto *kernel = dyn_cast<NamespaceDecl>(space))
			for (const auto *found : kernel->lookup(&ast.Idents.get(name)))
				if (const auto *pattern = dyn_cast<ClassTemplateDecl>(found))
					return pattern;
	return nullptr;
}

/** Returns whether function @index that an instance of the template @name calls is @function. */
bool is_argument_of(ASTContext &ast, StringRef name, unsigned index, const FunctionDecl &function)
{
	const auto *pattern = template_of(ast, name);
	if (pattern == nullptr)
		return false;
	return llvm::any_of(pattern->specializations(), [&](const auto *instance) {
		const auto functions = functions_of(*instance);
		return index < functions.size() &&
		       functions[index]->getCanonicalDecl() == function.getCanonicalDecl();
	});
}

} // namespace

void hard_interrupts(Lint &lint, Sleepers &lockers, const FunctionDecl &function)
{
	if (!function.doesThisDeclarationHaveABody() || !isa<CXXMethodDecl>(function) ||
	    function.isDependentContext() ||
	    !(is_argument_of(lint.ast(), "Irq", 0, function) ||
	      is_argument_of(lint.ast(), "ThreadedIrq", 1, function)))
		return;
	GuardedCalls(lint, function).each([&](const Called &call, const Guards &) {
		const auto way = lockers.way_of(call, function);
		if (way.end == WayToSleep::End::goal)
			lint.report(softirq_lock_in_an_interrupt, call.place, call.range,
				    way.spelled_behind(lint, call));
	});
}

} // namespace kcxx::lint
