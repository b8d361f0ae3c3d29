// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Variables and members that begin without a value.
#include "lint/rules.hpp"

#include <set>

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule valueless_variables = {
	.id = "kcxx-safe-uninitialised",
	.what = "a variable without a value",
	.needed = "a value from the beginning",
	.rewrite = "int number{}; std::array<u8, 16> bytes{}; Settings settings{}; or "
		   "KCXX_UNSAFE(\"what writes it "
		   "before it is read\") { ... }",
};

constexpr Rule valueless_members = {
	.id = "kcxx-safe-uninitialised-member",
	.what = "a member that this constructor leaves without a value",
	.needed = "a value from the beginning",
	.rewrite =
		"int level_{}; in the class, or in the constructor's list: Pump() : level_{0} {}",
};

/** Returns whether an object of @type that `T object;` makes has bytes without a value. */
bool leaves(QualType type)
{
	type = type.getCanonicalType();
	if (const auto *array = dyn_cast<ArrayType>(type))
		return leaves(array->getElementType());
	if (type->isScalarType())
		return true;
	const auto *record = type->getAsCXXRecordDecl();
	if (record == nullptr || !record->hasDefinition() || record->isDependentType() ||
	    record->isLambda())
		return false;
	record = record->getDefinition();
	for (const auto *made : record->ctors())
		if (made->isDefaultConstructor() && made->isUserProvided())
			return false; // checked where it is written
	if (record->isUnion()) {
		for (const auto *field : record->fields())
			if (field->hasInClassInitializer())
				return false;
		return !record->field_empty();
	}
	for (const auto &base : record->bases())
		if (leaves(base.getType()))
			return true;
	for (const auto *field : record->fields())
		if (!field->hasInClassInitializer() && !field->isUnnamedBitField() &&
		    leaves(field->getType()))
			return true;
	return false;
}

/** Returns whether @made is `T object;`, and no braces ask for zeros. */
bool is_without_value(const Expr *made)
{
	if (made == nullptr)
		return true;
	const auto *call = dyn_cast<CXXConstructExpr>(made->IgnoreImplicit());
	return call != nullptr && call->getNumArgs() == 0 && !call->requiresZeroInitialization() &&
	       !call->isListInitialization() && call->getConstructor()->isDefaultConstructor() &&
	       !call->getConstructor()->isUserProvided();
}

} // namespace

void variable(Lint &lint, const VarDecl &variable)
{
	if (!variable.hasLocalStorage() || isa<ParmVarDecl>(variable) ||
	    variable.isExceptionVariable() || variable.isCXXForRangeDecl() ||
	    variable.isInvalidDecl() || variable.isInitCapture() ||
	    variable.getType()->isDependentType() || variable.getType()->isReferenceType())
		return;
	if (is_without_value(variable.getInit()) && leaves(variable.getType()))
		lint.report(valueless_variables, variable.getLocation(), variable.getSourceRange());
}

void constructor(Lint &lint, const CXXConstructorDecl &constructor)
{
	if (!constructor.isUserProvided() || !constructor.doesThisDeclarationHaveABody() ||
	    constructor.isDelegatingConstructor() || constructor.isDependentContext() ||
	    constructor.getParent()->isUnion())
		return;
	std::set<const FieldDecl *> with_value;
	for (const auto *initializer : constructor.inits())
		if (const auto *field = initializer->getAnyMember();
		    field != nullptr &&
		    (initializer->isWritten() || !is_without_value(initializer->getInit()))) {
			with_value.insert(field);
			if (const auto *outer = initializer->getIndirectMember())
				for (const auto *part : outer->chain())
					with_value.insert(dyn_cast<FieldDecl>(part));
		}
	for (const auto *field : constructor.getParent()->fields())
		if (!with_value.contains(field) && !field->isUnnamedBitField() &&
		    leaves(field->getType()))
			lint.report(valueless_members, constructor.getLocation(),
				    field->getSourceRange());
}

} // namespace kcxx::lint
