// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Objects that a thread, a timer or a notifier knows by `this`, and whose class lets them move.
#include "lint/callers.hpp"
#include "lint/lambda_keepers.hpp"
#include "lint/rules.hpp"
#include "lint/type_parts.hpp"

namespace kcxx::lint
{

using namespace clang;

namespace
{

constexpr Rule moves_away = {
	.id = "kcxx-moved-object",
	.what = "a lambda that runs later knows its object by `this`, and the object may move "
		"away: its "
		"class can be moved",
	.needed = "a class whose objects stay where they were made",
	.rewrite = "Pump(const Pump &) = delete; Pump &operator=(const Pump &) = delete; and "
		   "{std::in_place, ...} or kernel::Box<Pump>::make() where one is made",
};

/** Returns the function whose `this` @lambda captures. */
const CXXMethodDecl *function_of(const LambdaExpr &lambda)
{
	const DeclContext *context = lambda.getLambdaClass()->getDeclContext();
	for (; context != nullptr; context = context->getParent()) {
		const auto *function = dyn_cast<CXXMethodDecl>(context);
		if (function != nullptr && !function->getParent()->isLambda())
			return function;
	}
	return nullptr;
}

/** Returns whether the library has put the object at its last place before it calls @function. */
bool is_at_its_place(const CXXMethodDecl &function)
{
	return is_driver(*function.getParent()) && !isa<CXXConstructorDecl>(function);
}

} // namespace

void moved_object(Lint &lint, const CallExpr &call)
{
	if (!keeper_of(lint, call))
		return;
	for (const auto *argument : call.arguments()) {
		const auto *lambda = given_lambda(*argument);
		if (lambda == nullptr ||
		    llvm::none_of(lambda->captures(), [](const LambdaCapture &capture) {
			    return capture.getCaptureKind() == LCK_This;
		    }))
			continue;
		const auto *function = function_of(*lambda);
		if (function == nullptr || function->isDependentContext() ||
		    is_at_its_place(*function) || !can_move(*function->getParent()))
			continue;
		lint.report(moves_away, lambda->getBeginLoc(), lambda->getIntroducerRange());
	}
}

} // namespace kcxx::lint
