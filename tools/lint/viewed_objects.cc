// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/viewed_objects.hpp"

#include "lint/call_names.hpp"
#include "lint/container_change.hpp"
#include "lint/type_parts.hpp"

#include <clang/AST/DeclTemplate.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

bool is_view_within(Lint &lint, QualType type, int depth)
{
	type = type.getCanonicalType();
	if (type->isReferenceType())
		return true;
	if (const auto *array = dyn_cast<ArrayType>(type))
		return is_view_within(lint, array->getElementType(), depth);
	if (type->isPointerType())
		return !type->isFunctionPointerType();
	const auto *record = type->getAsCXXRecordDecl();
	if (record == nullptr || !record->hasDefinition() || depth > 4)
		return false;
	record = record->getDefinition();
	if (is_class(type, {"span", "basic_string_view", "reference_wrapper", "ref_view"}))
		return true;
	if (record->isInStdNamespace() || is_view_of_ranges(*record)) {
		const auto *instance = dyn_cast<ClassTemplateSpecializationDecl>(record);
		const auto is_one = [&](const TemplateArgument &argument) {
			return argument.getKind() == TemplateArgument::Type &&
			       is_view_within(lint, argument.getAsType(), depth + 1);
		};
		return instance != nullptr &&
		       llvm::any_of(instance->getTemplateArgs().asArray(),
				    [&](const TemplateArgument &argument) {
					    return argument.getKind() == TemplateArgument::Pack
							   ? llvm::any_of(argument.pack_elements(),
									  is_one)
							   : is_one(argument);
				    });
	}
	return lint.files().origin(record->getLocation()) == Origin::user &&
	       (llvm::any_of(record->fields(),
			     [&](const FieldDecl *field) {
				     return is_view_within(lint, field->getType(), depth + 1);
			     }) ||
		llvm::any_of(record->bases(), [&](const CXXBaseSpecifier &base) {
			return is_view_within(lint, base.getType(), depth + 1);
		}));
}

const Expr &without_copies(const Expr &expression)
{
	const auto *bare = expression.IgnoreUnlessSpelledInSource()->IgnoreParenImpCasts();
	return *bare;
}

} // namespace

bool is_view(Lint &lint, QualType type)
{
	return is_view_within(lint, type, 0);
}

/** Returns whether nothing has to be looked for behind @variable. */
bool ViewedObjects::is_done(const VarDecl &variable)
{
	return !variable.hasLocalStorage() || owned_.contains(&variable) ||
	       !seen_.insert(&variable).second;
}

void ViewedObjects::add_value(const VarDecl &variable)
{
	if (is_done(variable) || !is_view(lint_, variable.getType()))
		return;
	if (isa<ParmVarDecl>(variable) || variable.getInit() == nullptr)
		has_foreign_ = true;
	else if (variable.getType()->isReferenceType())
		add_object(*variable.getInit());
	else
		add_value(*variable.getInit());
}

void ViewedObjects::add_object(const VarDecl &variable)
{
	if (is_done(variable))
		return;
	if (!variable.getType()->isReferenceType())
		locals_.insert(&variable);
	else if (isa<ParmVarDecl>(variable) || variable.getInit() == nullptr)
		has_foreign_ = true;
	else
		add_object(*variable.getInit());
}

/** Adds what a view is made of: a container, or another view. */
void ViewedObjects::add_argument(const Expr &argument)
{
	if (is_view(lint_, argument.getType()))
		add_value(argument);
	else if (argument.isLValue() &&
		 (argument.getType()->isRecordType() || argument.getType()->isArrayType()))
		add_object(argument);
}

// The result of a call refers to what its object and its arguments are, or refer to.
void ViewedObjects::add_call(const CallExpr &call)
{
	if (is_std_move(call)) {
		add_argument(*call.getArg(0));
		return;
	}
	const auto *object = object_of(call);
	if (object != nullptr)
		add_argument(*object);
	const auto *function = call.getDirectCallee();
	for (unsigned i = 0; function != nullptr && i < function->getNumParams(); ++i) {
		const auto *argument = argument_of(call, *function, i);
		const auto type = function->getParamDecl(i)->getType();
		if (argument == nullptr || argument == object)
			continue;
		if (is_view(lint_, argument->getType()))
			add_value(*argument);
		else if (type->isLValueReferenceType() || argument->isLValue())
			add_object(*argument);
	}
}

void ViewedObjects::add_captures(const LambdaExpr &lambda)
{
	for (const auto &capture : lambda.captures()) {
		const auto *variable = capture.capturesVariable()
					       ? dyn_cast<VarDecl>(capture.getCapturedVar())
					       : nullptr;
		if (variable == nullptr)
			continue;
		if (capture.getCaptureKind() != LCK_ByRef)
			add_value(*variable);
		else if (variable->isInitCapture())
			add_object(*variable->getInit());
		else
			add_object(*variable);
	}
}

void ViewedObjects::add_value(const Expr &expression)
{
	const auto &bare = without_copies(expression);
	if (const auto type = bare.getType(); // a view is made of it
	    bare.isLValue() && (type->isArrayType() || type->isRecordType()) &&
	    !is_view(lint_, type)) {
		add_object(bare);
	} else if (const auto *name = dyn_cast<DeclRefExpr>(&bare)) {
		if (const auto *variable = dyn_cast<VarDecl>(name->getDecl()))
			add_value(*variable);
	} else if (isa<CXXThisExpr>(bare)) {
		has_part_of_this_ = true;
	} else if (const auto *unary = dyn_cast<UnaryOperator>(&bare)) {
		if (unary->getOpcode() == UO_AddrOf)
			add_object(*unary->getSubExpr());
	} else if (const auto *made = dyn_cast<CXXConstructExpr>(&bare)) {
		for (const auto *argument : made->arguments())
			add_argument(*argument);
	} else if (const auto *list = dyn_cast<InitListExpr>(&bare)) {
		for (const auto *each : list->inits())
			if (is_view(lint_, each->getType()))
				add_value(*each);
			else if (each->isLValue())
				add_object(*each);
	} else if (const auto *call = dyn_cast<CallExpr>(&bare)) {
		add_call(*call);
	} else if (const auto *lambda = dyn_cast<LambdaExpr>(&bare)) {
		add_captures(*lambda);
	} else if (const auto *choice = dyn_cast<AbstractConditionalOperator>(&bare)) {
		add_value(*choice->getTrueExpr());
		add_value(*choice->getFalseExpr());
	} else if (const auto *sum = dyn_cast<BinaryOperator>(&bare)) {
		add_argument(*sum->getLHS());
	} else if (const auto *cast = dyn_cast<ExplicitCastExpr>(&bare)) {
		add_argument(*cast->getSubExpr());
	}
}

void ViewedObjects::add_object(const Expr &expression)
{
	const auto &bare = without_copies(expression);
	const auto *record = bare.getType()->getAsCXXRecordDecl();
	if (const auto *name = dyn_cast<DeclRefExpr>(&bare)) {
		if (const auto *variable = dyn_cast<VarDecl>(name->getDecl()))
			add_object(*variable);
	} else if (const auto *member = dyn_cast<MemberExpr>(&bare)) {
		if (isa<CXXThisExpr>(member->getBase()->IgnoreParenImpCasts())) {
			const bool has_elements = record != nullptr && is_container(lint_, *record);
			has_element_of_member_ |= has_elements;
			has_part_of_this_ |= !has_elements &&
					     !is_view(lint_, member->getMemberDecl()->getType());
		} else if (member->isArrow())
			add_argument(*member->getBase());
		else
			add_object(*member->getBase());
	} else if (const auto *part = dyn_cast<ArraySubscriptExpr>(&bare)) {
		add_argument(*part->getBase());
	} else if (const auto *unary = dyn_cast<UnaryOperator>(&bare)) {
		if (unary->getOpcode() == UO_Deref)
			add_value(*unary->getSubExpr());
	} else if (const auto *call = dyn_cast<CallExpr>(&bare)) {
		if (call->isGLValue() || call->getType()->isPointerType())
			add_call(*call);
	} else if (const auto *choice = dyn_cast<AbstractConditionalOperator>(&bare)) {
		add_object(*choice->getTrueExpr());
		add_object(*choice->getFalseExpr());
	}
}

} // namespace kcxx::lint
