// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/emptied_owners.hpp"

#include "lint/call_names.hpp"
#include "lint/type_parts.hpp"

#include <clang/AST/ParentMapContext.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

/** Returns whether something of @type can be moved from, and be empty when it ends. */
bool can_be_emptied(QualType type)
{
	const auto *record = type.getCanonicalType()->getAsCXXRecordDecl();
	return record != nullptr && record->hasDefinition() && record->hasMoveConstructor();
}

/** Returns whether objects of @type are the library's or std's, which end quietly when empty. */
bool is_of_library(Lint &lint, QualType type)
{
	const auto *record = type.getNonReferenceType()->getAsCXXRecordDecl();
	return record != nullptr && can_be_emptied(type.getNonReferenceType()) &&
	       lint.files().origin(record->getLocation()) == Origin::library;
}

/** Returns whether @init makes an owner of nothing. */
bool is_of_nothing(const Expr *init)
{
	init = init == nullptr ? nullptr : init->IgnoreUnlessSpelledInSource();
	if (const auto *made = dyn_cast_or_null<CXXConstructExpr>(init))
		return made->getNumArgs() == 0 &&
		       !is_class(made->getType(), {"pair", "tuple", "array", "variant"});
	const auto *call = dyn_cast_or_null<CallExpr>(init);
	return call != nullptr && call->getNumArgs() == 1 &&
	       isa<CXXNullPtrLiteralExpr>(call->getArg(0)->IgnoreParenImpCasts());
}

/** Returns the parameter that takes @argument of a call; nullptr for an object, and for "...". */
const ParmVarDecl *parameter_of(const Expr &call, const Expr &argument)
{
	const auto *made = dyn_cast<CXXConstructExpr>(&call);
	const auto *written = dyn_cast<CallExpr>(&call);
	const FunctionDecl *function = made != nullptr      ? made->getConstructor()
				       : written != nullptr ? written->getDirectCallee()
							    : nullptr;
	for (unsigned i = 0; function != nullptr && i < function->getNumParams(); ++i) {
		const auto *given = written != nullptr       ? argument_of(*written, *function, i)
				    : i < made->getNumArgs() ? made->getArg(i)
							     : nullptr;
		if (given == &argument)
			return function->getParamDecl(i);
	}
	return nullptr;
}

/** Returns the object that @node moves from; nullptr if it moves from none. */
const Expr *moved_by(const Stmt &node)
{
	const Expr *moved = nullptr;
	if (const auto *call = dyn_cast<CallExpr>(&node); call != nullptr && is_std_move(*call))
		moved = call->getArg(0);
	else if (const auto *end = dyn_cast<ReturnStmt>(&node); end != nullptr)
		moved = end->getRetValue();
	while (moved != nullptr) {
		const auto *outer = moved;
		moved = moved->IgnoreUnlessSpelledInSource();
		if (const auto *made = dyn_cast<CXXConstructExpr>(moved);
		    made != nullptr && made->getNumArgs() == 1)
			moved = made->getArg(0);
		if (moved == outer)
			break;
	}
	return moved;
}

bool is_named(const CXXMethodDecl &method, ArrayRef<StringRef> names)
{
	return method.getIdentifier() != nullptr && llvm::is_contained(names, method.getName());
}

} // namespace

bool is_a_variable(ASTContext &ast, const CXXBindTemporaryExpr &temporary)
{
	for (auto node = DynTypedNode::create(temporary);;) {
		const auto parents = ast.getParents(node);
		if (parents.empty())
			return false;
		node = parents[0];
		if (const auto *variable = node.get<VarDecl>())
			return !variable->getType()->isReferenceType();
		if (node.get<FullExpr>() == nullptr && node.get<CastExpr>() == nullptr &&
		    node.get<ParenExpr>() == nullptr)
			return false;
	}
}

bool is_given_away(ASTContext &ast, const CXXBindTemporaryExpr &temporary)
{
	if (is_a_variable(ast, temporary))
		return true;
	if (!can_be_emptied(temporary.getType()))
		return false;
	const Expr *argument = &temporary;
	for (;;) {
		const auto parents = ast.getParents(*argument);
		const auto *above = parents.empty() ? nullptr : parents[0].get<Expr>();
		if (above == nullptr)
			return false;
		if (isa<CallExpr, CXXConstructExpr>(above)) {
			const auto *parameter = parameter_of(*above, *argument);
			return parameter != nullptr &&
			       !parameter->getType()->isLValueReferenceType();
		}
		if (const auto *member = dyn_cast<MemberExpr>(above)) {
			const auto *method = dyn_cast<CXXMethodDecl>(member->getMemberDecl());
			return method != nullptr && method->getRefQualifier() == RQ_RValue;
		}
		if (!isa<CastExpr, ParenExpr, MaterializeTemporaryExpr>(above))
			return false;
		argument = above;
	}
}

void EmptiedOwners::follow(Lint &lint, const Stmt &node)
{
	if (const auto *declared = dyn_cast<DeclStmt>(&node)) {
		for (const auto *each : declared->decls())
			if (const auto *variable = dyn_cast<VarDecl>(each))
				declare(lint, *variable);
		return;
	}
	if (const auto *lambda = dyn_cast<LambdaExpr>(&node))
		for (const auto &capture : lambda->captures())
			if (capture.capturesVariable() && capture.getCaptureKind() == LCK_ByRef)
				std::erase_if(empty_, [&](const ObjectPath &path) {
					return path.root == capture.getCapturedVar();
				});
	const auto *call = dyn_cast<CallExpr>(&node);
	if (call != nullptr && !is_std_move(*call))
		called(lint, *call);
	const auto *moved = moved_by(node);
	if (const auto path = moved == nullptr ? std::nullopt : object_path(*moved))
		empty_.insert(*path);
}

void EmptiedOwners::declare(Lint &lint, const VarDecl &variable)
{
	std::erase_if(empty_, [&](const ObjectPath &path) { return path.root == &variable; });
	if (is_of_library(lint, variable.getType()) && !variable.getType()->isReferenceType() &&
	    is_of_nothing(variable.getInit()))
		empty_.insert({.root = &variable, .members = {}});
}

// A call may fill its object, and what it gets by reference.
void EmptiedOwners::called(Lint &lint, const CallExpr &call)
{
	const auto *function = call.getDirectCallee();
	const auto *method = dyn_cast_or_null<CXXMethodDecl>(function);
	const auto *object = object_of(call);
	if (object != nullptr && method != nullptr && !method->isConst() &&
	    method->getRefQualifier() != RQ_RValue) {
		may_be_filled(object);
		if (is_named(*method, {"clear", "reset"}) && is_of_library(lint, object->getType()))
			if (const auto path = object_path(*object))
				empty_.insert(*path);
	}
	for (unsigned i = 0; function != nullptr && i < function->getNumParams(); ++i)
		if (const auto type = function->getParamDecl(i)->getType(); gives_access(type))
			may_be_filled(argument_of(call, *function, i));
}

void EmptiedOwners::may_be_filled(const Expr *object)
{
	const auto path = object == nullptr ? std::nullopt : object_path(*object);
	if (path)
		std::erase_if(empty_, [&](const ObjectPath &each) {
			return each.behind(*path, nullptr).has_value();
		});
}

void EmptiedOwners::assume(const CXXMemberCallExpr &question, bool answer)
{
	const auto *method = question.getMethodDecl();
	if (method == nullptr)
		return;
	const bool asks_for_a_value =
		isa<CXXConversionDecl>(method) || is_named(*method, {"has_value"});
	const bool asks_for_none = is_named(*method, {"empty", "is_empty"});
	if (answer ? asks_for_none : asks_for_a_value)
		if (const auto object = object_path(*question.getImplicitObjectArgument()))
			empty_.insert(*object);
}

void EmptiedOwners::join(const EmptiedOwners &other)
{
	std::erase_if(empty_, [&](const ObjectPath &each) { return !other.contains(each); });
}

} // namespace kcxx::lint
