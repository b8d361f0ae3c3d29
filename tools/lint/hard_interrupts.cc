// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Locks of softirqs that a function of a hard interrupt takes: a handler, or the function of a
// timer.
#include "lint/callers.hpp"
#include "lint/interrupts.hpp"
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

/** Returns the instance of the template @name whose function @index is @function. */
const CXXRecordDecl *caller_of(ASTContext &ast, StringRef name, unsigned index,
			       const FunctionDecl &function)
{
	const auto *pattern = template_of(ast, name);
	if (pattern == nullptr)
		return nullptr;
	for (const auto *instance : pattern->specializations()) {
		const auto functions = functions_of(*instance);
		if (index < functions.size() &&
		    functions[index]->getCanonicalDecl() == function.getCanonicalDecl())
			return instance;
	}
	return nullptr;
}

/** Returns whether @initialiser may give a timer another mode than hard, which is the default. */
bool may_be_soft(const Stmt *initialiser)
{
	if (initialiser == nullptr)
		return false;
	if (const auto *name = dyn_cast<DeclRefExpr>(initialiser)) {
		const auto *type = name->getType()->getAsTagDecl();
		return type != nullptr && type->getName() == "HrTimerMode" &&
		       name->getDecl()->getName() != "hard";
	}
	return llvm::any_of(initialiser->children(), may_be_soft);
}

/** Returns whether the member @field is made by initialisers that leave the timer's mode hard. */
bool stays_hard(const FieldDecl &field, const CXXRecordDecl &owner)
{
	bool from_a_constructor = false;
	for (const auto *constructor : owner.ctors()) {
		if (constructor->isImplicit() || constructor->isDeleted())
			continue;
		const FunctionDecl *body = nullptr;
		if (!constructor->isDefined(body))
			return false;
		for (const auto *initialiser : cast<CXXConstructorDecl>(body)->inits()) {
			if (initialiser->getMember() != &field || !initialiser->isWritten())
				continue;
			from_a_constructor = true;
			if (may_be_soft(initialiser->getInit()))
				return false;
		}
	}
	return (from_a_constructor || field.hasInClassInitializer()) &&
	       !may_be_soft(field.getInClassInitializer());
}

/** Returns whether an HrTimer calls @function in the interrupt: a member of its class whose mode is
 * hard. */
bool is_of_a_hard_timer(ASTContext &ast, const CXXMethodDecl &function)
{
	const auto *timer = caller_of(ast, "HrTimer", 0, function);
	const auto *owner = function.getParent()->getDefinition();
	if (timer == nullptr || owner == nullptr)
		return false;
	return llvm::any_of(owner->fields(), [&](const FieldDecl *field) {
		const auto *type = field->getType()->getAsCXXRecordDecl();
		return type != nullptr && type->getCanonicalDecl() == timer->getCanonicalDecl() &&
		       stays_hard(*field, *owner);
	});
}

} // namespace

bool runs_in_a_hard_interrupt(ASTContext &ast, const CXXMethodDecl &function)
{
	return caller_of(ast, "Irq", 0, function) != nullptr ||
	       caller_of(ast, "ThreadedIrq", 1, function) != nullptr ||
	       is_of_a_hard_timer(ast, function);
}

bool runs_in_a_softirq(ASTContext &ast, const CXXMethodDecl &function)
{
	return caller_of(ast, "Timer", 0, function) != nullptr ||
	       (caller_of(ast, "HrTimer", 0, function) != nullptr &&
		!is_of_a_hard_timer(ast, function));
}

void hard_interrupts(Lint &lint, Sleepers &lockers, const FunctionDecl &function)
{
	const auto *method = dyn_cast<CXXMethodDecl>(&function);
	if (method == nullptr || !method->doesThisDeclarationHaveABody() ||
	    method->isDependentContext() || !runs_in_a_hard_interrupt(lint.ast(), *method))
		return;
	lockers.report_calls(softirq_lock_in_an_interrupt, function);
}

} // namespace kcxx::lint
