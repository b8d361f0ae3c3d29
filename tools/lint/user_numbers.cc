// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/user_numbers.hpp"

#include <algorithm>
#include <array>
#include <clang/Lex/Lexer.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

bool is_of_class(const CallExpr &call, StringRef name)
{
	const auto *function = dyn_cast_or_null<CXXMethodDecl>(call.getDirectCallee());
	return function != nullptr && function->getParent()->getIdentifier() != nullptr &&
	       function->getParent()->getName() == name;
}

/** Returns @expression without what does not change its value. */
const Expr *value_behind(const Expr *expression)
{
	for (const Expr *before = nullptr; before != expression;) {
		before = expression;
		expression = expression->IgnoreUnlessSpelledInSource()->IgnoreParenCasts();
		if (const auto *cast = dyn_cast<ExplicitCastExpr>(expression))
			expression = cast->getSubExpr();
		else if (const auto *made = dyn_cast<CXXConstructExpr>(expression);
			 made != nullptr && made->getNumArgs() == 1)
			expression = made->getArg(0);
		else if (const auto *list = dyn_cast<InitListExpr>(expression);
			 list != nullptr && list->getNumInits() == 1)
			expression = list->getInit(0);
		else if (const auto *call = dyn_cast<CXXOperatorCallExpr>(expression);
			 call != nullptr && call->getNumArgs() == 1 &&
			 (call->getOperator() == OO_Star || call->getOperator() == OO_Arrow))
			expression = call->getArg(0);
		else if (const auto *moved = dyn_cast<CallExpr>(expression);
			 moved != nullptr && is_std_move(*moved))
			expression = moved->getArg(0);
		else if (const auto *value = dyn_cast<CXXMemberCallExpr>(expression);
			 value != nullptr && name_of(*value) == "value")
			expression = value->getImplicitObjectArgument();
		else if (const auto *unary = dyn_cast<UnaryOperator>(expression);
			 unary != nullptr &&
			 (unary->getOpcode() == UO_AddrOf || unary->getOpcode() == UO_Deref ||
			  unary->getOpcode() == UO_Extension))
			expression = unary->getSubExpr();
	}
	return expression;
}

Number worse(Number a, Number b)
{
	return std::max(a, b);
}

} // namespace

StringRef name_of(const CallExpr &call)
{
	const auto *function = call.getDirectCallee();
	if (function == nullptr || function->getIdentifier() == nullptr)
		return {};
	auto name = function->getName();
	name.consume_back("_noprof");
	return name;
}

std::optional<UserNumbers::Key> UserNumbers::key_of(const Expr *expression) const
{
	expression = value_behind(expression);
	if (const auto *name = dyn_cast<DeclRefExpr>(expression))
		return Key{name->getDecl()->getCanonicalDecl(), ""};
	if (isa<CXXThisExpr>(expression))
		return Key{nullptr, ""};
	if (const auto *member = dyn_cast<MemberExpr>(expression)) {
		auto base = key_of(member->getBase());
		if (base)
			base->second += "." + member->getMemberDecl()->getNameAsString();
		return base;
	}
	if (const auto *call = dyn_cast<CXXMemberCallExpr>(expression);
	    call != nullptr && call->getNumArgs() == 0) {
		auto base = key_of(call->getImplicitObjectArgument());
		if (base)
			base->second += "." + name_of(*call).str() + "()";
		return base;
	}
	return {};
}

Number UserNumbers::state(const Key &key) const
{
	// The member itself, else what it is a member of
	for (auto path = key.second;;) {
		if (const auto found = numbers_.find({key.first, path}); found != numbers_.end())
			return found->second;
		const auto dot = path.rfind('.');
		if (dot == std::string::npos)
			return Number::own;
		path.resize(dot);
	}
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

Number UserNumbers::of(const Expr *expression)
{
	if (is_bounded_by_macro(*expression))
		return Number::own;
	expression = value_behind(expression);
	if (const auto *block = dyn_cast<StmtExpr>(expression))
		return of_any(*block);
	if (const auto *binary = dyn_cast<BinaryOperator>(expression))
		return of_binary(*binary);
	if (const auto *choice = dyn_cast<ConditionalOperator>(expression))
		return worse(of(choice->getTrueExpr()), of(choice->getFalseExpr()));
	if (const auto *unary = dyn_cast<UnaryOperator>(expression))
		return unary->getOpcode() == UO_LNot ? Number::own : of(unary->getSubExpr());
	if (const auto key = key_of(expression); key && state(*key) != Number::own)
		return state(*key);
	if (const auto *call = dyn_cast<CallExpr>(expression))
		return of_call(*call);
	return Number::own;
}

Number UserNumbers::of_binary(const BinaryOperator &binary)
{
	const auto left = of(binary.getLHS());
	const auto right = of(binary.getRHS());
	switch (binary.getOpcode()) {
	case BO_Rem:
	case BO_And: // a mask
		return right == Number::own || (binary.getOpcode() == BO_And && left == Number::own)
			       ? Number::own
			       : Number::unchecked;
	case BO_Assign:
	case BO_Comma:
		return right;
	default:
		return binary.isComparisonOp() || binary.isLogicalOp() ? Number::own
								       : worse(left, right);
	}
}

Number UserNumbers::of_call(const CallExpr &call)
{
	const auto name = name_of(call);
	if (is_of_class(call, "UserReader"))
		return name == "read" || name == "size" || name == "read_all" ? Number::unchecked
									      : Number::own;
	if (is_of_class(call, "IoctlCall"))
		return name == "argument" ? Number::unchecked : Number::own;
	if (name == "parse_number")
		return of_any(call);
	if (name == "max" && call.getDirectCallee()->isInStdNamespace())
		return of_any(call);
	return Number::own;
}

/** The worst of the values in @statement that are named or come from user space. */
Number UserNumbers::of_any(const Stmt &statement)
{
	auto worst = Number::own;
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

void UserNumbers::set(const ValueDecl &variable, Number number)
{
	const auto *object = variable.getCanonicalDecl();
	std::erase_if(numbers_, [&](const auto &entry) { return entry.first.first == object; });
	numbers_[{object, ""}] = number;
}

void UserNumbers::set(const Expr *target, Number number)
{
	const auto key = key_of(target);
	if (!key)
		return;
	std::erase_if(numbers_, [&](const auto &entry) {
		return entry.first.first == key->first &&
		       entry.first.second.starts_with(key->second + ".");
	});
	numbers_[*key] = number;
}

void UserNumbers::bound(const Expr *expression)
{
	expression = value_behind(expression);
	if (const auto *binary = dyn_cast<BinaryOperator>(expression)) {
		bound(binary->getLHS());
		bound(binary->getRHS());
		return;
	}
	const auto key = key_of(expression);
	if (key && of(expression) == Number::unchecked)
		numbers_[*key] = Number::bounded;
}

void UserNumbers::check(const Expr *condition)
{
	if (condition == nullptr)
		return;
	condition = value_behind(condition);
	if (const auto *binary = dyn_cast<BinaryOperator>(condition);
	    binary != nullptr && binary->isComparisonOp()) {
		// A comparison with zero bounds nothing from above.
		const auto is_zero = [&](const Expr *side) {
			Expr::EvalResult value;
			return !side->isValueDependent() &&
			       side->EvaluateAsInt(value, lint_.ast()) &&
			       !value.Val.getInt().isStrictlyPositive();
		};
		if (!is_zero(binary->getLHS()) && !is_zero(binary->getRHS())) {
			bound(binary->getLHS());
			bound(binary->getRHS());
		}
		return;
	}
	if (const auto *call = dyn_cast<CallExpr>(condition);
	    call != nullptr && !isa<CXXOperatorCallExpr>(call))
		for (const auto *argument : call->arguments()) // is_valid(number)
			if (!argument->getType()->isPointerType())
				bound(argument);
	for (const auto *child : condition->children())
		if (const auto *expression = dyn_cast_or_null<Expr>(child))
			check(expression);
		else if (isa_and_nonnull<CompoundStmt, DeclStmt>(child))
			continue;
}

void UserNumbers::called(const CallExpr &call)
{
	const auto name = name_of(call);
	if ((name == "copy_from_user" || name == "_copy_from_user" || name == "__copy_from_user" ||
	     name == "copy_struct_from_user") &&
	    call.getNumArgs() > 1) {
		set(call.getArg(0), Number::unchecked);
		return;
	}
	const auto *function = call.getDirectCallee();
	if (function == nullptr || isa<CXXOperatorCallExpr>(call) || is_std_move(call))
		return;
	// A variable that a function may write has the function's value.
	for (unsigned i = 0; i < std::min(call.getNumArgs(), function->getNumParams()); i++) {
		const auto type = function->getParamDecl(i)->getType();
		const auto *argument = call.getArg(i)->IgnoreParenImpCasts();
		const bool address = isa<UnaryOperator>(argument) && type->isPointerType() &&
				     !type->getPointeeType().isConstQualified();
		const bool reference = type->isLValueReferenceType() &&
				       !type.getNonReferenceType().isConstQualified();
		if (!address && !reference)
			continue;
		if (const auto key = key_of(argument); key && state(*key) != Number::own)
			set(argument, Number::own);
	}
}

void UserNumbers::parameters(const FunctionDecl &function)
{
	if (function.getNumParams() != 3 ||
	    !function.getReturnType()->isSpecificBuiltinType(BuiltinType::Long))
		return;
	const auto file = function.getParamDecl(0)->getType();
	const auto *record =
		file->isPointerType() ? file->getPointeeType()->getAsRecordDecl() : nullptr;
	if (record != nullptr && record->getName() == "file" &&
	    function.getParamDecl(1)->getType()->isSpecificBuiltinType(BuiltinType::UInt) &&
	    function.getParamDecl(2)->getType()->isSpecificBuiltinType(BuiltinType::ULong))
		set(*function.getParamDecl(2), Number::unchecked);
}

void UserNumbers::handlers(const CallExpr &call)
{
	if (!is_of_class(call, "IoctlCall") || name_of(call) != "on")
		return;
	for (const auto *argument : call.arguments())
		if (const auto *lambda = dyn_cast<LambdaExpr>(value_behind(argument)))
			for (const auto *parameter : lambda->getCallOperator()->parameters())
				set(*parameter, Number::unchecked);
}

} // namespace kcxx::lint
