// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/user_numbers.hpp"

#include "lint/type_parts.hpp"
#include "lint/user_calls.hpp"

#include <algorithm>
#include <array>
#include <clang/Lex/Lexer.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

/** Returns what @expression is made of, if the compiler has added a layer. */
const Expr *below_layer(const Expr *expression)
{
	if (const auto *whole = dyn_cast<FullExpr>(expression))
		return whole->getSubExpr();
	if (const auto *made = dyn_cast<MaterializeTemporaryExpr>(expression))
		return made->getSubExpr();
	if (const auto *bound = dyn_cast<CXXBindTemporaryExpr>(expression))
		return bound->getSubExpr();
	if (const auto *argument = dyn_cast<SubstNonTypeTemplateParmExpr>(expression))
		return argument->getReplacement();
	const auto *inner = expression->IgnoreParens();
	return inner == expression ? nullptr : inner;
}

/** Returns whether @expression is *value or value.value(). */
bool is_followed(const Expr *expression)
{
	if (const auto *unary = dyn_cast<UnaryOperator>(expression))
		return unary->getOpcode() == UO_Deref;
	if (const auto *call = dyn_cast<CXXOperatorCallExpr>(expression))
		return call->getOperator() == OO_Star && call->getNumArgs() == 1;
	const auto *call = dyn_cast<CXXMemberCallExpr>(expression);
	return call != nullptr && (name_of(*call) == "value" || name_of(*call) == "value_or");
}

} // namespace

/** Returns what is known of @name in @facts: of itself, else of what it is a part of. */
const UserValue *UserNumbers::found_in(const Facts &facts, const ValueName &name)
{
	if (const auto found = facts.find(name); found != facts.end())
		return &found->second;
	const auto outer = name.outer();
	if (!outer || name.is_call())
		return nullptr;
	if (name.path.ends_with("]"))
		if (const auto found = facts.find({outer->variable, outer->path + ".[]"});
		    found != facts.end())
			return &found->second;
	return found_in(facts, *outer);
}

void UserNumbers::join(const Facts &other, const IsChecked &is_checked)
{
	Facts joined;
	const auto take = [&](const Facts &facts, const Facts &others) {
		for (const auto &[name, value] : facts) {
			const auto *there = found_in(others, name);
			const bool checked = is_checked(name);
			if (there != nullptr)
				joined[name] =
					checked ? better(value, *there) : worse(value, *there);
			else if (checked || !name.is_call())
				joined[name] = value;
		}
	};
	take(facts_, other);
	take(other, facts_);
	facts_ = std::move(joined);
}

void UserNumbers::forget(const Facts &within, const Facts &before)
{
	for (const auto &[name, value] : within) {
		const auto now = facts_.find(name);
		const auto then = before.find(name);
		if (now == facts_.end() || now->second != value)
			continue;
		if (then == before.end())
			facts_.erase(now);
		else
			now->second = then->second;
	}
}

const UserValue *UserNumbers::known(const ValueName &name) const
{
	const auto found = facts_.find(name);
	return found == facts_.end() ? nullptr : &found->second;
}

UserValue UserNumbers::state(const ValueName &name, QualType type) const
{
	if (const auto *value = known(name))
		return within(*value, type);
	const auto *outer = found_in(facts_, name);
	return value_of_type(type, outer == nullptr ? Number::own : outer->number);
}

/** Returns whether a macro of the kernel's that bounds a number makes @expression. */
bool UserNumbers::is_bounded_by_macro(const Expr &expression) const
{
	static constexpr std::array names = {"array_index_nospec", "min",   "min3",    "min_t",
					     "min_not_zero",       "clamp", "clamp_t", "clamp_val"};
	const auto &sources = lint_.ast().getSourceManager();
	for (auto at = expression.getBeginLoc(); at.isMacroID();
	     at = sources.getImmediateMacroCallerLoc(at)) {
		if (sources.isMacroArgExpansion(at))
			continue; // the argument may be a macro's
		const auto name =
			Lexer::getImmediateMacroName(at, sources, lint_.ast().getLangOpts());
		if (std::ranges::find(names, name) != names.end())
			return true;
	}
	return false;
}

std::optional<std::uint64_t> UserNumbers::constant(const Expr &expression) const
{
	Expr::EvalResult value;
	if (expression.isValueDependent() || !expression.getType()->isIntegralOrEnumerationType() ||
	    !expression.EvaluateAsInt(value, lint_.ast()))
		return {};
	return value.Val.getInt().getLimitedValue();
}

UserValue UserNumbers::of_constant(const Expr &expression) const
{
	auto value = value_of_type(expression.getType(), Number::own);
	if (const auto number = constant(expression))
		value.most = *number;
	return value;
}

UserValue UserNumbers::of(const Expr *expression)
{
	if (is_bounded_by_macro(*expression))
		return {};
	if (const auto *inner = below_layer(expression))
		return of(inner);
	if (const auto *cast = dyn_cast<CastExpr>(expression))
		return of_cast(*cast);
	if (const auto *block = dyn_cast<StmtExpr>(expression))
		return value_of_type(block->getType(), of_any(*block).number);
	if (const auto *binary = dyn_cast<BinaryOperator>(expression))
		return of_operation(*binary);
	if (const auto *choice = dyn_cast<ConditionalOperator>(expression))
		return of_choice(*choice);
	if (const auto name = name_of_value(expression); name && is_followed(expression))
		if (const auto value = of_name(*name, *expression);
		    value.is_of_user() || !name->is_call())
			return value;
	if (const auto *part = part_behind(expression))
		return of(part);
	if (const auto *unary = dyn_cast<UnaryOperator>(expression)) {
		auto value = of(unary->getSubExpr());
		if (unary->getOpcode() == UO_LNot)
			return {};
		if (!value.is_of_user())
			return of_constant(*unary);
		if (unary->getOpcode() == UO_Minus && value.is_of_user())
			value.least = Least::unknown;
		return value;
	}
	if (const auto *plain = expression->IgnoreUnlessSpelledInSource(); plain != expression)
		return of(plain);
	if (const auto name = name_of_value(expression))
		if (const auto value = of_name(*name, *expression); value.is_of_user()) {
			// Its operands may have been checked since.
			const auto *made = constant_of(*expression);
			return made == nullptr ? value : better(value, of(made));
		}
	if (const auto *made = dyn_cast<CXXConstructExpr>(expression);
	    made != nullptr && is_class(made->getType(), {"tuple", "pair"}))
		return of_all({made->getArgs(), made->getNumArgs()});
	if (const auto *call = dyn_cast<CallExpr>(expression);
	    call != nullptr && !isa<CXXOperatorCallExpr>(call))
		return of_call(*call);
	const Expr *whole = nullptr;
	if (const auto *member = dyn_cast<MemberExpr>(expression))
		whole = member->getBase();
	else if (const auto *part = dyn_cast<ArraySubscriptExpr>(expression))
		whole = part->getBase();
	if (whole != nullptr && !name_of_value(expression))
		return value_of_type(expression->getType(), of(whole).number);
	return of_constant(*expression);
}

UserValue UserNumbers::of_cast(const CastExpr &cast)
{
	const auto *inner = cast.getSubExpr();
	const auto value = of(inner);
	if (const auto number = constant(cast); number && !value.is_of_user())
		return {.most = *number};
	return cast.getCastKind() == CK_IntegralCast
		       ? converted(value, inner->getType(), cast.getType())
		       : value;
}

UserValue UserNumbers::of_choice(const ConditionalOperator &choice)
{
	const auto before = facts_;
	assume(choice.getCond(), true);
	const auto first = of(choice.getTrueExpr());
	facts_ = before;
	assume(choice.getCond(), false);
	const auto second = of(choice.getFalseExpr());
	facts_ = before;
	return worse(first, second);
}

UserValue UserNumbers::of_name(const ValueName &name, const Expr &expression)
{
	const auto type = expression.getType();
	const auto *call = dyn_cast<CallExpr>(value_behind(&expression));
	if (call == nullptr || !name.is_call()) {
		const auto value = state(name, type);
		const auto member = known(name) == nullptr && !value.is_of_user()
					    ? calls_.members().of(expression)
					    : std::nullopt;
		return member.value_or(value);
	}
	if (const auto *value = known(name))
		return within(*value, type);
	static constexpr std::array<StringRef, 8> own = {
		"size", "length", "capacity", "empty", "error", "has_value", "ssize", "size_bytes"};
	if (llvm::is_contained(own, name_of(*call)))
		return value_of_type(type, Number::own);
	if (const auto *whole = found_in(facts_, *name.outer())) {
		auto value = value_of_type(type, whole->number);
		value.is_nonzero = whole->is_nonzero; // of an atomic
		return value;
	}
	const bool is_users =
		lint_.files().origin(call->getDirectCallee()->getLocation()) == Origin::user;
	const auto member = is_users ? std::nullopt : calls_.members().of(expression);
	return member.value_or(value_of_type(type, Number::own));
}

UserValue UserNumbers::of_operation(const BinaryOperator &binary)
{
	auto operation = binary.getOpcode();
	if (binary.isCompoundAssignmentOp())
		operation = BinaryOperator::getOpForCompoundAssignment(operation);
	const auto left = of(binary.getLHS());
	const auto right = of(binary.getRHS());
	if (!left.is_of_user() && !right.is_of_user())
		return of_constant(binary);
	return within(
		computed(operation, left, right, binary.getType(), constant(*binary.getRHS())),
		binary.getType());
}

UserValue UserNumbers::of_call(const CallExpr &call)
{
	const auto name = name_of(call);
	const auto type = call.getType();
	if (is_of_class(call, "UserReader"))
		return value_of_type(type, name == "read" || name == "size" || name == "read_all"
						   ? Number::unchecked
						   : Number::own);
	if (is_of_class(call, "IoctlCall"))
		return value_of_type(type, name == "argument" ? Number::unchecked : Number::own);
	if (call.getDirectCallee() != nullptr && call.getDirectCallee()->isInStdNamespace()) {
		if (name == "make_tuple" || name == "make_pair")
			return of_all({call.getArgs(), call.getNumArgs()});
		if (name == "get" && call.getNumArgs() == 1)
			return value_of_type(type, of(call.getArg(0)).number);
	}
	if (name == "parse_number")
		return value_of_type(type, of_any(call).number);
	if (name == "index_nospec" || name == "min" || name == "max")
		return of_least_of(call);
	static constexpr std::array<StringRef, 4> same = {"as_const", "to_underlying", "to_integer",
							  "forward"};
	if (call.getNumArgs() == 1 && llvm::is_contained(same, name) &&
	    call.getDirectCallee()->isInStdNamespace())
		return within(of(call.getArg(0)), type);
	if (const auto *result = result_of(call))
		return within(result->returned, type);
	return value_of_type(type, Number::own);
}

/** The least or the greatest of two numbers */
UserValue UserNumbers::of_least_of(const CallExpr &call)
{
	if (call.getNumArgs() != 2)
		return {};
	const auto first = of(call.getArg(0));
	const auto second = of(call.getArg(1));
	if (name_of(call) == "max")
		return {.number = std::max(first.number, second.number),
			.least = std::max(first.least, second.least),
			.most = std::max(first.most, second.most)};
	if (name_of(call) == "min")
		return {.number = std::min(first.number, second.number),
			.least = std::min(first.least, second.least),
			.most = std::min(first.most, second.most)};
	// The number may be its own bound.
	if (second.number != Number::unchecked || !is_of_same(*call.getArg(0), *call.getArg(1)))
		return {};
	return first;
}

/** The worst of the values of @arguments */
UserValue UserNumbers::of_all(ArrayRef<const Expr *> arguments)
{
	UserValue all;
	for (const auto *argument : arguments)
		all = worse(all, of(argument));
	return all;
}

/** The worst of the values in @statement that are named or come from user space. */
UserValue UserNumbers::of_any(const Stmt &statement)
{
	UserValue worst;
	for (const auto *child : statement.children()) {
		if (child == nullptr)
			continue;
		if (const auto *declared = dyn_cast<DeclStmt>(child)) {
			for (const auto *each : declared->decls())
				if (const auto *variable = dyn_cast<VarDecl>(each);
				    variable != nullptr && variable->hasInit())
					worst = worse(worst, of(variable->getInit()));
		} else if (const auto *expression = dyn_cast<Expr>(child)) {
			worst = worse(worst, of(expression));
			if (isa<InitListExpr, CXXConstructExpr, CXXMemberCallExpr, ImplicitCastExpr,
				MemberExpr, MaterializeTemporaryExpr, CXXBindTemporaryExpr,
				CXXFunctionalCastExpr>(expression))
				worst = worse(worst, of_any(*expression));
		} else if (isa<CompoundStmt>(child)) {
			worst = worse(worst, of_any(*child));
		}
	}
	return worst;
}

void UserNumbers::set(const ValueDecl &variable, UserValue value)
{
	const auto *object = variable.getCanonicalDecl();
	std::erase_if(facts_, [&](const auto &fact) { return fact.first.variable == object; });
	facts_[{object, ""}] = value;
}

void UserNumbers::copy_parts(const ValueDecl &variable, const Expr &value)
{
	auto parts = given_as({.variable = variable.getCanonicalDecl(), .path = ""}, value);
	facts_.merge(parts);
}

void UserNumbers::set(const Expr *target, UserValue value)
{
	const auto name = name_of_value(target);
	if (!name)
		return;
	const bool of_all = name->path.ends_with(".[]");
	const auto whole = of_all ? *name->outer() : *name;
	std::erase_if(facts_, [&](const auto &fact) {
		return fact.first.is_in(of_all ? ValueName{whole.variable, whole.path} : *name) &&
		       (!of_all || fact.first.path.substr(whole.path.size()).starts_with(".["));
	});
	facts_[*name] = value;
}

} // namespace kcxx::lint
