// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "lint/referents.hpp"

#include <clang/AST/RecursiveASTVisitor.h>

namespace kcxx::lint
{

using namespace clang;

namespace
{

class Returns : public RecursiveASTVisitor<Returns>
{
public:
	explicit Returns(llvm::function_ref<void(const ReturnStmt &)> visit) : visit_(visit) {}

	bool VisitReturnStmt(ReturnStmt *statement)
	{
		visit_(*statement);
		return true;
	}

	bool TraverseLambdaExpr(LambdaExpr * /*has returns of its own*/) { return true; }

private:
	llvm::function_ref<void(const ReturnStmt &)> visit_;
};

} // namespace

void each_return(const FunctionDecl &function, llvm::function_ref<void(const ReturnStmt &)> visit)
{
	if (function.hasBody())
		Returns(visit).TraverseStmt(function.getBody());
}

KeptParameters::Known KeptParameters::look_into(const FunctionDecl &function)
{
	Referents referents(lint_, *this);
	if (const auto *constructor = dyn_cast<CXXConstructorDecl>(&function)) {
		for (const auto *made : constructor->inits())
			referents.add_initialiser(*made);
	} else {
		each_return(function, [&](const ReturnStmt &end) {
			if (end.getRetValue() != nullptr)
				referents.add_initialiser(function.getReturnType(),
							  *end.getRetValue());
		});
	}
	Known known;
	for (const auto *parameter : function.parameters())
		if (parameter->getType()->isReferenceType() &&
		    (referents.objects().contains(parameter) ||
		     referents.owners().contains(parameter)))
			known[parameter] = Kept::object;
		else if (referents.values().contains(parameter))
			known[parameter] = Kept::value;
	return known;
}

Kept KeptParameters::of(const FunctionDecl &function, unsigned index)
{
	const FunctionDecl *body = nullptr;
	if (!function.isDefined(body) || body->isDependentContext() ||
	    index >= body->getNumParams() ||
	    lint_.files().origin(body->getLocation()) != Origin::user)
		return Kept::nothing;
	if (const auto [place, is_new] = known_.try_emplace(body); is_new)
		known_[body] = look_into(*body); // one that calls itself keeps nothing by that
	const auto &known = known_[body];
	const auto found = known.find(body->getParamDecl(index));
	return found == known.end() ? Kept::nothing : found->second;
}

} // namespace kcxx::lint
