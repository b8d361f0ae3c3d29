// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/given_owners.hpp"

#include "lint/call_names.hpp"
#include "lint/type_parts.hpp"

#include <algorithm>
#include <array>
#include <clang/AST/ParentMapContext.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

bool has_function(const CXXRecordDecl &record, StringRef name)
{
	return std::ranges::any_of(record.methods(), [&](const CXXMethodDecl *method) {
		return method->getIdentifier() != nullptr && method->getName() == name;
	});
}

/** Returns whether @function, of the library's, moves what it gets by && when it succeeds. */
bool takes(const FunctionDecl &function)
{
	static constexpr std::array<StringRef, 6> names = {
		"push", "push_back", "push_front", "emplace", "emplace_back", "emplace_front"};
	return function.getIdentifier() != nullptr && llvm::is_contained(names, function.getName());
}

/** Returns the owner that @function gets by && among the arguments that @argument returns.
 */
const Expr *moved_argument(const FunctionDecl &function,
			   llvm::function_ref<const Expr *(unsigned)> argument)
{
	for (unsigned i = 0; i < function.getNumParams(); ++i)
		if (function.getParamDecl(i)->getType()->isRValueReferenceType())
			if (const auto *given = argument(i))
				if (const auto *moved = moved_in(*given))
					return moved;
	return nullptr;
}

} // namespace

std::optional<ObjectPath> place_of(const Expr &expression)
{
	const auto *variable = named_variable(expression);
	if (variable != nullptr)
		return variable->hasLocalStorage()
			       ? std::optional(ObjectPath{.root = variable, .members = {}})
			       : std::nullopt;
	const auto &bare = *expression.IgnoreParenImpCasts();
	if (const auto *name = dyn_cast<DeclRefExpr>(&bare); name != nullptr)
		if (const auto *part = dyn_cast<BindingDecl>(name->getDecl()))
			return ObjectPath{.root = part, .members = {}};
	const auto *member = dyn_cast<MemberExpr>(&bare);
	if (member == nullptr || member->getType()->isPointerType())
		return std::nullopt;
	return object_path(bare);
}

const Expr *moved_in(const Expr &expression)
{
	const auto *call = dyn_cast<CallExpr>(expression.IgnoreParenImpCasts());
	return call != nullptr && is_std_move(*call) ? call->getArg(0) : nullptr;
}

bool is_asked(ASTContext &ast, const CallExpr &call)
{
	if (!is_class(call.getType(), {"Result"}))
		return false;
	for (auto node = DynTypedNode::create(call);;) {
		const auto parents = ast.getParents(node);
		if (parents.empty())
			return true;
		node = parents[0];
		if (const auto *variable = node.get<VarDecl>())
			return !variable->getLocation().isMacroID(); // KTRY()
		if (const auto *cast = node.get<CastExpr>();
		    cast != nullptr && cast->getCastKind() == CK_ToVoid)
			return false;
		if (node.get<ReturnStmt>() != nullptr)
			return false;
		if (node.get<CastExpr>() == nullptr && node.get<FullExpr>() == nullptr &&
		    node.get<CXXBindTemporaryExpr>() == nullptr &&
		    node.get<CXXConstructExpr>() == nullptr && node.get<ParenExpr>() == nullptr &&
		    node.get<MaterializeTemporaryExpr>() == nullptr)
			return true;
	}
}

bool gets_owners(const FunctionDecl &function)
{
	const auto *method = dyn_cast<CXXMethodDecl>(&function);
	return (method != nullptr && !method->isStatic() &&
		(!method->isConst() || is_of_lambda(function))) ||
	       llvm::any_of(function.parameters(), [](const ParmVarDecl *each) {
		       const auto type = each->getType();
		       return type->isRValueReferenceType() ||
			      (type->isLValueReferenceType() && gives_access(type));
	       });
}

bool is_owner(Lint &lint, QualType type)
{
	const auto *record = type.getNonReferenceType()->getAsCXXRecordDecl();
	if (record == nullptr || !record->hasDefinition() || record->isInStdNamespace() ||
	    record->isLambda() || lint.files().origin(record->getLocation()) != Origin::library)
		return false;
	const auto copies = [](const CXXConstructorDecl *each) {
		return each->isCopyConstructor() && !each->isDeleted();
	};
	return record->hasUserDeclaredMoveConstructor() &&
	       std::ranges::none_of(record->ctors(), copies) && !has_function(*record, "clear");
}

const Expr *moved_into(Lint &lint, const CXXConstructExpr &made)
{
	const auto &function = *made.getConstructor();
	if (lint.files().origin(function.getLocation()) != Origin::library)
		return nullptr;
	return moved_argument(function, [&](unsigned i) {
		return i < made.getNumArgs() ? made.getArg(i) : nullptr;
	});
}

const Expr *given_away_by(Lint &lint, const CallExpr &call)
{
	const auto *function = call.getDirectCallee();
	if (function == nullptr || !takes(*function) || is_asked(lint.ast(), call) ||
	    lint.files().origin(function->getLocation()) != Origin::library)
		return nullptr;
	return moved_argument(*function,
			      [&](unsigned i) { return argument_of(call, *function, i); });
}

} // namespace kcxx::lint
