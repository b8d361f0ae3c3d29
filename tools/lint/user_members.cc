// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/user_members.hpp"

#include "lint/call_names.hpp"
#include "lint/value_names.hpp"

namespace kcxx::lint
{

using namespace clang;

namespace
{

/** Returns the object that @call is about: that of a member function, of *guard, of i->second. */
const Expr *asked_object(const CallExpr &call)
{
	const auto *object = object_of(call);
	return object != nullptr ? object : part_behind(&call);
}

bool follows(const Expr &expression)
{
	if (const auto *unary = dyn_cast<UnaryOperator>(&expression))
		return unary->getOpcode() == UO_Deref;
	const auto *call = dyn_cast<CXXOperatorCallExpr>(&expression);
	return call != nullptr && call->getNumArgs() == 1 &&
	       (call->getOperator() == OO_Star || call->getOperator() == OO_Arrow);
}

/** Returns what the variable of @name was made of, if it refers to another object. */
const Expr *origin_of(const DeclRefExpr &name, MemberPlace &place)
{
	const auto *variable = dyn_cast<VarDecl>(name.getDecl());
	if (variable == nullptr)
		return nullptr;
	const bool refers = variable->getType()->isReferenceType() || !variable->hasLocalStorage();
	place.is_shared = place.is_shared || refers;
	return place.is_shared && variable->hasLocalStorage() && !isa<ParmVarDecl>(variable)
		       ? variable->getInit()
		       : nullptr;
}

/** Returns an unchecked number of @type. */
UserValue value_of(QualType type, bool may_be_zero)
{
	auto value = value_of_type(type, Number::unchecked);
	value.is_nonzero = !may_be_zero;
	return value;
}

} // namespace

MemberPlace member_place(const Expr *expression)
{
	MemberPlace place;
	for (int steps = 0; expression != nullptr && steps < 64; ++steps) {
		expression = expression->IgnoreUnlessSpelledInSource()->IgnoreParenCasts();
		place.is_shared = place.is_shared || follows(*expression);
		if (isa<CXXThisExpr>(expression)) {
			place.is_shared = true;
			break;
		}
		if (const auto *member = dyn_cast<MemberExpr>(expression)) {
			if (const auto *field = dyn_cast<FieldDecl>(member->getMemberDecl()))
				place.fields.push_back(field->getCanonicalDecl());
			place.is_shared = place.is_shared || member->isArrow();
			expression = member->getBase();
		} else if (const auto *name = dyn_cast<DeclRefExpr>(expression)) {
			expression = origin_of(*name, place);
		} else if (const auto *part = dyn_cast<ArraySubscriptExpr>(expression)) {
			expression = part->getBase();
		} else if (const auto *call = dyn_cast<CallExpr>(expression)) {
			expression = asked_object(*call);
		} else {
			expression = part_behind(expression);
		}
	}
	return place;
}

void UserMembers::add_field(const FieldDecl &field, bool may_be_zero)
{
	const auto [at, is_new] = fields_.try_emplace(field.getCanonicalDecl(), may_be_zero);
	if (is_new || (may_be_zero && !at->second))
		++revision_;
	at->second = at->second || may_be_zero;
}

void UserMembers::add(const FieldDecl &field, const UserValue &number)
{
	add_field(field, number.may_be_zero());
}

void UserMembers::add(const Expr &target, const UserValue &number)
{
	const auto place = member_place(&target);
	if (place.is_shared && !place.fields.empty())
		add_field(*place.fields.front(), number.may_be_zero());
}

std::optional<UserValue> UserMembers::of(const Expr &expression) const
{
	if (fields_.empty())
		return std::nullopt;
	const auto place = member_place(&expression);
	for (const auto *field : place.fields)
		if (const auto known = fields_.find(field);
		    place.is_shared && known != fields_.end())
			return value_of(expression.getType(), known->second);
	return std::nullopt;
}

std::optional<UserValue> UserMembers::of(const FieldDecl &field) const
{
	const auto known = fields_.find(field.getCanonicalDecl());
	return known == fields_.end() ? std::nullopt
				      : std::optional(value_of(field.getType(), known->second));
}

} // namespace kcxx::lint
