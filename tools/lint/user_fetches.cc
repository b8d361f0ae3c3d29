// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/user_fetches.hpp"

#include "lint/call_names.hpp"
#include "lint/type_parts.hpp"

#include <clang/AST/RecursiveASTVisitor.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

/** Returns what makes the object that @expression is, or the variable that it names. */
const CXXConstructExpr *construction_of(const Expr &expression)
{
	const auto *bare = expression.IgnoreUnlessSpelledInSource();
	for (const Expr *before = nullptr; before != bare;) {
		before = bare;
		bare = bare->IgnoreParenImpCasts()->IgnoreUnlessSpelledInSource();
		if (const auto *call = dyn_cast<CallExpr>(bare);
		    call != nullptr && is_std_move(*call))
			bare = call->getArg(0);
		else if (const auto *cast = dyn_cast<ExplicitCastExpr>(bare))
			bare = cast->getSubExpr();
		else if (const auto *made = dyn_cast<CXXConstructExpr>(bare);
			 made != nullptr && made->getNumArgs() == 1)
			bare = made->getArg(0);
	}
	if (const auto *variable = named_variable(*bare))
		return variable->hasInit() && !isa<ParmVarDecl>(variable)
			       ? dyn_cast<CXXConstructExpr>(
					 variable->getInit()->IgnoreUnlessSpelledInSource())
			       : nullptr;
	return dyn_cast<CXXConstructExpr>(bare);
}

/** Returns the address of the slice of which @call, of one of @functions, makes a reader or writer.
 */
const Expr *address_of_slice(const CXXMemberCallExpr &call, ArrayRef<StringRef> functions)
{
	if (!is_of_class(call, "UserSlice") || !llvm::is_contained(functions, name_of(call)))
		return nullptr;
	const auto *made = construction_of(*call.getImplicitObjectArgument());
	return made == nullptr ? nullptr : user_address(*made, "UserSlice");
}

/** Collects the addresses that one function reads at, in whichever order. */
class Collector : public RecursiveASTVisitor<Collector>
{
public:
	Collector(UserFetches &fetches, UserFetches::Names &names)
	    : fetches_(fetches), names_(names)
	{
	}

	bool VisitCXXConstructExpr(CXXConstructExpr *made)
	{
		add(user_address(*made, "UserReader"));
		return true;
	}

	bool VisitCallExpr(CallExpr *call)
	{
		if (const auto *member = dyn_cast<CXXMemberCallExpr>(call))
			add(address_read_by(*member));
		names_.merge(fetches_.read_by(*call));
		return true;
	}

private:
	void add(const Expr *address)
	{
		if (const auto name = address == nullptr ? std::nullopt : name_of_address(*address))
			names_.insert(*name);
	}

	UserFetches &fetches_;
	UserFetches::Names &names_;
};

} // namespace

std::optional<ValueName> name_of_address(const Expr &address)
{
	const auto *value = value_behind(&address);
	while (const auto *before = constant_of(*value))
		value = value_behind(before);
	auto name = name_of_value(value);
	if (!name || name->path.find(".[]") != std::string::npos)
		return {};
	return name;
}

const Expr *user_address(const CXXConstructExpr &made, StringRef class_name)
{
	if (made.getNumArgs() != 2 || !is_class(made.getType(), {class_name}) ||
	    !made.getArg(0)->getType()->isIntegerType())
		return nullptr;
	const auto *size = dyn_cast<IntegerLiteral>(made.getArg(1)->IgnoreParenImpCasts());
	return size != nullptr && size->getValue() == 0 ? nullptr : made.getArg(0);
}

const Expr *address_read_by(const CXXMemberCallExpr &call)
{
	return address_of_slice(call, {"reader", "reader_writer"});
}

const Expr *address_written_by(const CXXMemberCallExpr &call)
{
	return address_of_slice(call, {"writer", "reader_writer"});
}

bool reads_argument(const CXXMemberCallExpr &call)
{
	return is_of_class(call, "IoctlCall") && name_of(call) == "on" && call.getNumArgs() == 2 &&
	       is_class(call.getMethodDecl()->getParamDecl(0)->getType(), {"Iow", "Iowr"});
}

UserFetches::Names UserFetches::read_by(const CallExpr &call)
{
	Names outside;
	const auto *function = call.getDirectCallee();
	const FunctionDecl *body = nullptr;
	if (function == nullptr || !function->isDefined(body) || body->isDependentContext() ||
	    lint_.files().origin(body->getLocation()) != Origin::user)
		return outside;
	for (const auto &name : of(*body)) {
		const Expr *argument = nullptr;
		for (unsigned i = 0; i < body->getNumParams(); ++i)
			if (name.variable == body->getParamDecl(i)->getCanonicalDecl())
				argument = argument_of(call, *body, i);
		if (name.variable == nullptr && !is_of_lambda(*body))
			argument = object_of(call);
		else if (argument == nullptr && is_of_lambda(*body))
			outside.insert(name);
		auto given = argument == nullptr ? std::nullopt : name_of_address(*argument);
		if (!given)
			continue;
		given->path += name.path;
		outside.insert(std::move(*given));
	}
	return outside;
}

const UserFetches::Names &UserFetches::of(const FunctionDecl &function)
{
	const auto [place, is_new] = known_.try_emplace(&function);
	if (is_new && function.hasBody()) {
		Names names; // one that calls itself reads nothing by that
		Collector(*this, names).TraverseStmt(function.getBody());
		known_[&function] = std::move(names);
	}
	return known_[&function];
}

} // namespace kcxx::lint
