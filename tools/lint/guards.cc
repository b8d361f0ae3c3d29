// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/guards.hpp"

#include <clang/AST/Attr.h>
#include <clang/AST/DeclTemplate.h>
#include <clang/AST/Expr.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

/** Returns whether @expression is &AtomicContext::no_sleep, which KCXX_MAY_SLEEP excludes. */
bool is_any_context(const Expr &expression)
{
	const auto *address = dyn_cast<UnaryOperator>(expression.IgnoreParenImpCasts());
	const auto *name =
		address == nullptr || address->getOpcode() != UO_AddrOf
			? nullptr
			: dyn_cast<DeclRefExpr>(address->getSubExpr()->IgnoreParenImpCasts());
	const auto *field = name == nullptr ? nullptr : dyn_cast<FieldDecl>(name->getDecl());
	return field != nullptr && field->getName() == "no_sleep" &&
	       field->getParent()->getName() == "AtomicContext";
}

/** Returns whether @expression is asserted_context.no_sleep, which KCXX_MUST_NOT_SLEEP requires. */
bool is_asserted_context(const Expr &expression)
{
	const auto *member = dyn_cast<MemberExpr>(expression.IgnoreParenImpCasts());
	const auto *name =
		member == nullptr ? nullptr
				  : dyn_cast<DeclRefExpr>(member->getBase()->IgnoreParenImpCasts());
	return name != nullptr && name->getDecl()->getName() == "asserted_context";
}

bool is_atomic_context(Lint &lint, const CXXRecordDecl &record)
{
	return record.getIdentifier() != nullptr && record.getName() == "AtomicContext" &&
	       lint.files().origin(record.getLocation()) == Origin::library;
}

/** Returns whether @record is a class of locks: it has an AtomicContext, and holds none. */
bool has_atomic_context(Lint &lint, const CXXRecordDecl &record)
{
	for (const auto &base : record.bases()) {
		const auto *of = base.getType()->getAsCXXRecordDecl();
		if (of != nullptr && of->hasDefinition() &&
		    (is_atomic_context(lint, *of) ||
		     has_atomic_context(lint, *of->getDefinition())))
			return true;
	}
	return false;
}

/** Returns the kind of the library's Guard and TryGuard of a lock. */
GuardKind kind_of_lock(Lint &lint, const CXXRecordDecl &record)
{
	const auto *instance = dyn_cast<ClassTemplateSpecializationDecl>(&record);
	if (instance == nullptr || instance->getTemplateArgs().size() == 0 ||
	    instance->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
		return GuardKind::none;
	const bool is_tried = record.getName() == "TryGuard";
	const auto *lock = instance->getTemplateArgs()[0].getAsType()->getAsCXXRecordDecl();
	if ((!is_tried && record.getName() != "Guard") || lock == nullptr ||
	    !lock->hasDefinition() || !has_atomic_context(lint, *lock->getDefinition()))
		return GuardKind::none;
	return is_tried ? GuardKind::tried : GuardKind::whole;
}

} // namespace

Declared declared(const FunctionDecl &function)
{
	for (const auto *each : function.redecls()) {
		for (const auto *excludes : each->specific_attrs<LocksExcludedAttr>())
			for (const auto *lock : excludes->args())
				if (is_any_context(*lock))
					return Declared::sleeps;
		for (const auto *word : each->specific_attrs<AnnotateAttr>())
			if (word->getAnnotation() == "kcxx blocking")
				return Declared::sleeps;
		if (is_declared_quiet(*each))
			return Declared::never_sleeps;
	}
	return Declared::nothing;
}

bool is_declared_quiet(const Decl &declaration)
{
	return llvm::any_of(declaration.specific_attrs<AnnotateAttr>(), [](const auto *word) {
		return word->getAnnotation() == "kcxx nonblocking";
	});
}

bool must_not_sleep(const FunctionDecl &function)
{
	for (const auto *each : function.redecls()) {
		if (is_declared_quiet(*each))
			return true;
		for (const auto *needed : each->specific_attrs<RequiresCapabilityAttr>())
			for (const auto *context : needed->args())
				if (is_asserted_context(*context))
					return true;
	}
	const auto *method = dyn_cast<CXXMethodDecl>(&function);
	return method != nullptr && llvm::any_of(method->overridden_methods(), [](const auto *of) {
		       return must_not_sleep(*of);
	       });
}

GuardKind guard_kind(Lint &lint, QualType type)
{
	const auto *record = type.getCanonicalType()->getAsCXXRecordDecl();
	if (record == nullptr || !record->hasDefinition() || record->isUnion())
		return GuardKind::none;
	record = record->getDefinition();
	const bool of_library = lint.files().origin(record->getLocation()) == Origin::library;
	if (of_library && record->getIdentifier() != nullptr)
		if (const auto kind = kind_of_lock(lint, *record); kind != GuardKind::none)
			return kind;
	for (const auto &base : record->bases()) {
		const auto *of = base.getType()->getAsCXXRecordDecl();
		if (of == nullptr || record->hasAttr<CapabilityAttr>())
			continue;
		if (is_atomic_context(lint, *of) ||
		    guard_kind(lint, base.getType()) == GuardKind::whole)
			return GuardKind::whole;
	}
	if (!of_library)
		for (const auto *field : record->fields())
			if (guard_kind(lint, field->getType()) == GuardKind::whole)
				return GuardKind::whole;
	return GuardKind::none;
}

GuardKind lock_guard_kind(Lint &lint, QualType type)
{
	const auto *record = type.getCanonicalType()->getAsCXXRecordDecl();
	if (record == nullptr || record->getIdentifier() == nullptr ||
	    lint.files().origin(record->getLocation()) != Origin::library)
		return GuardKind::none;
	if (record->getName() == "Guard")
		return GuardKind::whole;
	return record->getName() == "TryGuard" ? GuardKind::tried : GuardKind::none;
}

bool lends_data(Lint &lint, QualType type)
{
	if (lock_guard_kind(lint, type) != GuardKind::none)
		return true;
	const auto *record = type.getCanonicalType()->getAsCXXRecordDecl();
	return record != nullptr && record->getIdentifier() != nullptr &&
	       (record->getName() == "Access" || record->getName() == "ThisCpu") &&
	       lint.files().origin(record->getLocation()) == Origin::library;
}

} // namespace kcxx::lint
