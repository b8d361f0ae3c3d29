// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Numbers from user space that the user's own functions get, give back and keep in members.
#include "lint/call_names.hpp"
#include "lint/user_calls.hpp"
#include "lint/user_declarations.hpp"

#include <array>
#include <clang/AST/DeclTemplate.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

bool can_be_written(const ParmVarDecl &parameter)
{
	return gives_access(parameter.getType());
}

} // namespace

void UserNumbers::members(const FunctionDecl &function)
{
	const auto *method = dyn_cast<CXXMethodDecl>(&function);
	if (method == nullptr || method->isStatic() || isa<CXXConstructorDecl>(method))
		return;
	for (const auto *field : method->getParent()->fields())
		if (const auto number = calls_.members().of(*field))
			facts_.try_emplace({nullptr, "." + field->getNameAsString()}, *number);
}

UserNumbers::KeptNumber UserNumbers::kept_by(const CallExpr &call)
{
	static constexpr std::array<StringRef, 12> keeping = {
		"set",     "store",        "push",   "push_back", "push_front",
		"emplace", "emplace_back", "insert", "assign",    "exchange"};
	const auto *member = dyn_cast<CXXMemberCallExpr>(&call);
	const auto *method = member == nullptr ? nullptr : member->getMethodDecl();
	if (method == nullptr || !llvm::is_contained(keeping, name_of(call)) ||
	    lint_.files().origin(method->getLocation()) != Origin::library)
		return {};
	for (const auto *argument : call.arguments())
		if (argument->getType()->isIntegerType())
			if (const auto number = of(argument); number.is_unchecked())
				return {.object = member->getImplicitObjectArgument(),
					.number = number};
	return {};
}

/** Returns the facts of the value of @expression, by the name @outer that it has elsewhere. */
UserNumbers::Facts UserNumbers::given_as(const ValueName &outer, const Expr &expression) const
{
	Facts given;
	const auto name = name_of_value(&expression);
	if (!name)
		return given;
	bool is_unchecked = false;
	for (const auto &[each, value] : facts_)
		if (each == *name || each.is_in(*name)) {
			auto &part = given[{outer.variable,
					    outer.path + each.path.substr(name->path.size())}];
			part = value.is_unchecked() ? value : UserValue();
			is_unchecked = is_unchecked || value.is_unchecked();
		}
	return is_unchecked ? given : Facts();
}

void UserNumbers::give(const ParmVarDecl &parameter, const Expr &argument, Facts &given)
{
	const ValueName inner{.variable = parameter.getCanonicalDecl(), .path = ""};
	given.merge(given_as(inner, argument));
	if (const auto value = of(&argument); value.is_unchecked())
		given[inner] = within(value, parameter.getType());
}

UserNumbers::Facts UserNumbers::given_to(const CallExpr &call, const FunctionDecl &function)
{
	Facts given;
	if (is_of_lambda(function))
		given = facts_;
	else if (const auto *object = object_of(call))
		given = given_as({}, *object);
	for (unsigned i = 0; i < function.getNumParams(); ++i)
		if (const auto *argument = argument_of(call, function, i))
			give(*function.getParamDecl(i), *argument, given);
	return given;
}

const UserResult *UserNumbers::result_of(const CallExpr &call)
{
	const auto *function = defined_by_user(lint_, call.getDirectCallee());
	return function == nullptr ? nullptr
				   : calls_.result_of(*function, given_to(call, *function));
}

const UserResult *UserNumbers::result_of(const CXXConstructExpr &made)
{
	const auto *function = defined_by_user(lint_, made.getConstructor());
	if (function == nullptr)
		return nullptr;
	Facts given;
	for (unsigned i = 0; i < function->getNumParams() && i < made.getNumArgs(); ++i)
		give(*function->getParamDecl(i), *made.getArg(i), given);
	return calls_.result_of(*function, given);
}

/** Follows the constructor of the object that the library makes of the last of @arguments. */
void UserNumbers::made_of(QualType type, ArrayRef<const Expr *> arguments)
{
	const auto *record = type.getNonReferenceType()->getAsCXXRecordDecl();
	if (record == nullptr || !record->hasDefinition())
		return;
	for (const auto *each : record->ctors()) {
		const auto *function = defined_by_user(lint_, each);
		if (function == nullptr || function->getNumParams() > arguments.size())
			continue;
		const auto last = arguments.take_back(function->getNumParams());
		Facts given;
		for (unsigned i = 0; i < last.size(); ++i)
			give(*function->getParamDecl(i), *last[i], given);
		if (!given.empty())
			(void)calls_.result_of(*function, given);
	}
}

void UserNumbers::made_within(const Expr &made)
{
	SmallVector<const Expr *, 4> arguments;
	const CXXRecordDecl *of = nullptr;
	if (const auto *call = dyn_cast<CallExpr>(&made)) {
		const auto *method = dyn_cast_or_null<CXXMethodDecl>(call->getDirectCallee());
		arguments.assign(call->arguments().begin(), call->arguments().end());
		of = method == nullptr ? nullptr : method->getParent();
	} else if (const auto *object = dyn_cast<CXXConstructExpr>(&made)) {
		arguments.assign(object->arguments().begin(), object->arguments().end());
		of = object->getConstructor()->getParent();
	}
	const auto *holder = dyn_cast_or_null<ClassTemplateSpecializationDecl>(of);
	if (holder == nullptr || arguments.empty() ||
	    lint_.files().origin(holder->getLocation()) != Origin::library)
		return;
	for (const auto &argument : holder->getTemplateArgs().asArray())
		if (argument.getKind() == TemplateArgument::Type)
			made_of(argument.getAsType(), arguments);
}

/** Returns the caller's name of @inner, a name within @function; nothing if it has none. */
std::optional<ValueName> UserNumbers::name_outside(const CallExpr &call,
						   const FunctionDecl &function,
						   const ValueName &inner) const
{
	if (is_of_lambda(function) && inner.variable == nullptr)
		return inner;
	const Expr *outer = inner.variable == nullptr ? object_of(call) : nullptr;
	for (unsigned i = 0; i < function.getNumParams(); ++i)
		if (function.getParamDecl(i)->getCanonicalDecl() == inner.variable)
			outer = argument_of(call, function, i);
	auto name = outer == nullptr ? std::nullopt : name_of_value(outer);
	if (name)
		name->path += inner.path;
	return name;
}

/** Takes the values that the user's function of @call writes. Returns whether it is known. */
bool UserNumbers::written_by(const CallExpr &call)
{
	const auto *function = defined_by_user(lint_, call.getDirectCallee());
	const auto *result = function == nullptr ? nullptr : result_of(call);
	if (result == nullptr)
		return false;
	const auto *method = dyn_cast<CXXMethodDecl>(function);
	for (const auto &[inner, value] : result->behind) {
		const bool by_object = inner.variable == nullptr && method != nullptr &&
				       !method->isConst() && !is_of_lambda(*function);
		const bool by_parameter =
			llvm::any_of(function->parameters(), [&](const ParmVarDecl *each) {
				return each->getCanonicalDecl() == inner.variable &&
				       can_be_written(*each);
			});
		if (!by_object && !by_parameter)
			continue;
		if (const auto name = name_outside(call, *function, inner)) {
			std::erase_if(facts_,
				      [&](const auto &fact) { return fact.first.is_in(*name); });
			facts_[*name] = value;
		}
	}
	return true;
}

/** Takes what the user's function of @call has checked. Returns whether it is known. */
bool UserNumbers::checked_by(const CallExpr &call)
{
	const auto *function = defined_by_user(lint_, call.getDirectCallee());
	const auto *result = function == nullptr ? nullptr : result_of(call);
	if (result == nullptr)
		return false;
	for (const auto &[inner, value] : result->behind)
		if (const auto name = name_outside(call, *function, inner))
			if (const auto *known = found_in(facts_, *name);
			    known != nullptr && known->is_of_user())
				facts_[*name] = better(*known, value);
	for (unsigned i = 0; i < function->getNumParams(); ++i) {
		const auto *argument = argument_of(call, *function, i);
		const auto found =
			result->behind.find({function->getParamDecl(i)->getCanonicalDecl(), ""});
		if (argument != nullptr && found != result->behind.end() &&
		    !found->second.is_unchecked() && !name_of_value(argument))
			looked_at(*argument); // a sum, say
	}
	return true;
}

} // namespace kcxx::lint
