// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/object_path.hpp"

#include "lint/type_parts.hpp"

#include <algorithm>
#include <clang/AST/ExprCXX.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

// Returns the object that @variable is, or is bound to.
std::optional<ObjectPath> path_of(const VarDecl &variable)
{
	if (variable.isLocalVarDecl() && variable.getType()->isReferenceType() &&
	    variable.getInit() != nullptr)
		return object_path(*variable.getInit());
	return ObjectPath{.root = &variable, .members = {}};
}

// Returns the expression that `*object` and `object->` of a pointer or owner follow.
const Expr *followed(const Expr &expression)
{
	if (const auto *unary = dyn_cast<UnaryOperator>(&expression);
	    unary != nullptr && (unary->getOpcode() == UO_Deref || unary->getOpcode() == UO_AddrOf))
		return unary->getSubExpr();
	if (const auto *call = dyn_cast<CXXOperatorCallExpr>(&expression);
	    call != nullptr && call->getNumArgs() == 1 &&
	    (call->getOperator() == OO_Star || call->getOperator() == OO_Arrow))
		return call->getArg(0);
	return nullptr;
}

/** Returns whether @method is of the library or of std. */
bool is_of_library(const CXXMethodDecl &method)
{
	const auto space = outermost_namespace(method);
	return space == "kernel" || space == "std";
}

/** Returns the member that a function returns a reference to: Tank &tank() { return tank_; } */
std::optional<ObjectPath> member_returned(const CXXMemberCallExpr &call)
{
	const auto *method = call.getMethodDecl();
	const FunctionDecl *body = nullptr;
	if (method == nullptr || method->isVirtual() ||
	    !method->getReturnType()->isLValueReferenceType() || !method->hasBody(body) ||
	    is_of_library(*method))
		return std::nullopt;
	const auto *block = dyn_cast<CompoundStmt>(body->getBody());
	const auto *end = block != nullptr && block->size() == 1
				  ? dyn_cast<ReturnStmt>(block->body_back())
				  : nullptr;
	const auto *member =
		end == nullptr || end->getRetValue() == nullptr
			? nullptr
			: dyn_cast<MemberExpr>(end->getRetValue()->IgnoreParenImpCasts());
	return member == nullptr || !isa<CXXThisExpr>(member->getBase()->IgnoreParenImpCasts())
		       ? std::nullopt
		       : object_path(*member);
}

} // namespace

std::optional<ObjectPath> ObjectPath::behind(const ObjectPath &outer,
					     const ValueDecl *new_root) const
{
	if (root != outer.root || outer.members.size() > members.size() ||
	    !std::equal(outer.members.begin(), outer.members.end(), members.begin()))
		return std::nullopt;
	const auto rest = members.begin() + static_cast<std::ptrdiff_t>(outer.members.size());
	return ObjectPath{.root = new_root, .members = {rest, members.end()}};
}

const VarDecl *named_variable(const Expr &expression)
{
	const auto *name = dyn_cast<DeclRefExpr>(expression.IgnoreParenImpCasts());
	return name == nullptr ? nullptr : dyn_cast<VarDecl>(name->getDecl());
}

std::optional<ObjectPath> object_path(const Expr &expression)
{
	const auto &bare = *expression.IgnoreParenImpCasts();
	if (isa<CXXThisExpr>(bare))
		return ObjectPath{};
	if (const auto *variable = named_variable(bare))
		return path_of(*variable);
	if (const auto *inner = followed(bare))
		return object_path(*inner);
	if (const auto *choice = dyn_cast<ConditionalOperator>(&bare)) {
		const auto path = object_path(*choice->getTrueExpr());
		return path == object_path(*choice->getFalseExpr()) ? path : std::nullopt;
	}
	if (const auto *call = dyn_cast<CXXMemberCallExpr>(&bare))
		if (const auto member = member_returned(*call)) {
			auto path = object_path(*call->getImplicitObjectArgument());
			if (path)
				path->members.insert(path->members.end(), member->members.begin(),
						     member->members.end());
			return path;
		}
	if (const auto *member = dyn_cast<MemberExpr>(&bare);
	    member != nullptr && isa<FieldDecl>(member->getMemberDecl())) {
		auto path = object_path(*member->getBase());
		if (path)
			path->members.push_back(member->getMemberDecl());
		return path;
	}
	return std::nullopt;
}

bool have_common(const std::set<ObjectPath> &one, const std::set<ObjectPath> &other)
{
	return std::ranges::any_of(one, [&](const auto &each) { return other.contains(each); });
}

} // namespace kcxx::lint
